import { l10n, RelativePattern, Uri, workspace } from "vscode";
import { foldersLeftOut, textEndings } from "../../experiments/interrogation/textFolders";
import { formatCount } from "../../tokens/format";
import { baseName } from "../baseName";

const texts = `**/*.{${textEndings.join(",")}}`;
const leftOut = `**/{${foldersLeftOut.join(",")}}/**`;

/** More files than anybody would review. */
const mostFiles = 200;

/** The texts in a folder and those below it, by name; `more` says where some were left out. */
export async function textsIn(
  folder: Uri,
): Promise<{ readonly files: readonly { uri: string; name: string }[]; readonly more: string | null }> {
  const found = await workspace.findFiles(new RelativePattern(folder, texts), leftOut, mostFiles + 1);
  const files = found
    .map((uri) => ({ uri: uri.toString(), name: nameIn(folder, uri) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (files.length <= mostFiles) return { files, more: null };
  const more = l10n.t(
    "There are more than {0} texts; the first are taken. Choose a smaller folder.",
    formatCount(mostFiles),
  );
  return { files: files.slice(0, mostFiles), more };
}

/** The name of a file in a run: within the workspace its path, elsewhere its own name, so that no run holds a person's paths. */
export function fileName(uri: Uri): string {
  return workspace.getWorkspaceFolder(uri) ? workspace.asRelativePath(uri) : baseName(uri);
}

function nameIn(folder: Uri, uri: Uri): string {
  return workspace.getWorkspaceFolder(uri) ? workspace.asRelativePath(uri) : uri.path.slice(folder.path.length + 1);
}

/** The file of the workspace that a run names; undefined where it is gone, or was never in it. */
export async function fileNamed(name: string): Promise<Uri | undefined> {
  for (const folder of workspace.workspaceFolders ?? []) {
    const inside = name.startsWith(`${folder.name}/`) ? [name.slice(folder.name.length + 1), name] : [name];
    for (const path of inside) {
      const uri = Uri.joinPath(folder.uri, path);
      const there = await Promise.resolve(workspace.fs.stat(uri)).then(
        () => true,
        () => false, // looked for elsewhere
      );
      if (there && fileName(uri) === name) return uri;
    }
  }
  return undefined;
}
