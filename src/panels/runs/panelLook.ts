import { Uri, type WebviewPanel } from "vscode";
import { panelOptions } from "../panelHtml";

/** Icon and options, the same for panels and for editors of files. */
export function setUpPanel(panel: WebviewPanel, extension: Uri, iconName: string): void {
  const icon = (theme: string) => Uri.joinPath(extension, "media", "icons", `${iconName}-${theme}.svg`);
  panel.iconPath = { light: icon("light"), dark: icon("dark") };
  panel.webview.options = panelOptions(extension);
}
