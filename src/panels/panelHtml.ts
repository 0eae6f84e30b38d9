import { randomBytes } from "node:crypto";
import { Uri, type Webview, type WebviewOptions } from "vscode";
import { text } from "../experiments/export/svg";

/** Panels read their bundle from here and nothing else. */
export function panelOptions(extension: Uri): WebviewOptions {
  return { enableScripts: true, enableForms: false, localResourceRoots: [webviewRoot(extension)] };
}

/**
 * The page of a panel: its bundle `dist/webview/NAME.js` with its style sheet `NAME.css`, an empty element to draw in,
 * and a policy that lets in nothing else (no inline script or style, no remote source, no eval). A title may be the name that
 * a model's file gives itself.
 */
export function panelHtml(webview: Webview, extension: Uri, name: string, title: string): string {
  const nonce = randomBytes(16).toString("base64url");
  const file = (ending: string) => webview.asWebviewUri(Uri.joinPath(webviewRoot(extension), `${name}.${ending}`));
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    // Pictures that a panel drew itself, on their way to a canvas.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width">
<title>${text(title)}</title>
<link rel="stylesheet" href="${file("css")}">
</head>
<body>
<div id="panel"></div>
<script type="module" nonce="${nonce}" src="${file("js")}"></script>
</body>
</html>`;
}

function webviewRoot(extension: Uri): Uri {
  return Uri.joinPath(extension, "dist", "webview");
}
