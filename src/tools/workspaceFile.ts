import { realpath } from "node:fs/promises";
import { Uri, workspace } from "vscode";

/**
 * The file that a path or URI from an assistant means. Relative paths are tried in each workspace folder (or begin
 * with a folder's name). Throws an Error with the reason for everything that does not lie inside the workspace, also
 * by way of a link.
 */
export async function workspaceFile(given: string): Promise<Uri> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) throw new Error("No folder is open, so there are no files to count.");
  for (const uri of candidates(given)) {
    if (!workspace.getWorkspaceFolder(uri)) continue;
    const type = await workspace.fs.stat(uri).then(
      ({ type }) => type,
      () => undefined,
    );
    if (type === undefined) continue;
    if (uri.scheme === "file" && !(await reallyInside(uri)))
      throw new Error("It is a link to a place outside the workspace.");
    return uri;
  }
  throw new Error("There is no such file in the workspace.");
}

function candidates(given: string): Uri[] {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) return [normal(Uri.parse(given))];
  const folders = workspace.workspaceFolders ?? [];
  const path = given.replaceAll("\\", "/");
  if (/^(\/|[a-z]:\/)/i.test(path)) return folders.map(({ uri }) => normal(uri.with({ path: Uri.file(path).path })));
  return folders.flatMap(({ uri, name }) => [
    Uri.joinPath(uri, path),
    ...(path.startsWith(`${name}/`) ? [Uri.joinPath(uri, path.slice(name.length + 1))] : []),
  ]);
}

/** Resolves "..", so that a path cannot look as if it were inside. */
function normal(uri: Uri): Uri {
  return Uri.joinPath(uri, ".");
}

async function reallyInside(uri: Uri): Promise<boolean> {
  const target = Uri.file(await realpath(uri.fsPath));
  if (workspace.getWorkspaceFolder(target)) return true;
  // The workspace folder itself may be reached through a link.
  const folder = workspace.getWorkspaceFolder(uri);
  if (!folder) return false;
  const root = await realpath(folder.uri.fsPath);
  return target.fsPath === root || target.path.startsWith(`${Uri.file(root).path}/`);
}
