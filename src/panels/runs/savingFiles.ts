import { Uri, window, workspace } from "vscode";

const names = { csv: "CSV", json: "JSON", md: "Markdown", svg: "SVG", png: "PNG" };
export type FileFormat = keyof typeof names;

/** A file of the person's choice to write to; undefined when they leave. */
export async function chooseFile(name: string, format: FileFormat): Promise<Uri | undefined> {
  return window.showSaveDialog({
    defaultUri: besideWork(`${name}.${format}`),
    filters: { [names[format]]: [format] },
  });
}

/** Writes to a file of the person's choice; undefined when they leave. */
export async function saveThroughDialog(name: string, format: FileFormat, bytes: Uint8Array): Promise<Uri | undefined> {
  const target = await chooseFile(name, format);
  if (target) await workspace.fs.writeFile(target, bytes);
  return target;
}

/** A file in the first folder of the workspace; VS Code's own choice where there is none. */
export function besideWork(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  return folder ? Uri.joinPath(folder.uri, name) : Uri.file(name);
}
