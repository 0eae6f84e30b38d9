import { type Uri, commands as vscodeCommands, workspace } from "vscode";
import { customEditors } from "../../contributions";

/** VS Code hands no larger file to an extension as a document: such runs are shown in a panel, which reads them itself. */
const mostEditorBytes = 45_000_000;

/** Shows a saved run in its file's own editor, or by `inPanel` where it is too large for one. */
export async function openRunFile(uri: Uri, inPanel: () => Promise<void>): Promise<void> {
  const { size } = await workspace.fs.stat(uri);
  if (size < mostEditorBytes) await vscodeCommands.executeCommand("vscode.openWith", uri, customEditors.run);
  else await inPanel();
}
