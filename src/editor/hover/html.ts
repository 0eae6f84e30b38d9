/** The HTML and Markdown of editor hovers: of style attributes VS Code lets through colours alone. */

/** Texts of files and models, so that nothing in them is HTML or Markdown. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'|\\`*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Markup, in the colour of what is less important. */
export function muted(html: string): string {
  return `<span style="color:var(--vscode-descriptionForeground);">${html}</span>`;
}

export function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}

export function link(address: string, text: string, title = ""): string {
  return `<a href="${address}"${title === "" ? "" : ` title="${escapeHtml(title)}"`}>${escapeHtml(text)}</a>`;
}

export function image(svg: string, alt: string, width: number, height: number): string {
  return `<img src="${dataUri(svg)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}">`;
}

export function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`;
}

/** As the address of a picture. */
export function dataUri(svgText: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svgText).toString("base64")}`;
}

/** A link that runs a command; VS Code reads the arguments as a list in JSON. */
export function commandUri(command: string, argument?: unknown): string {
  const parameters = argument === undefined ? [] : [argument];
  return `command:${command}?${encodeURIComponent(JSON.stringify(parameters)).replace(/[()']/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
}
