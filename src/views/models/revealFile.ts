import { Uri, commands as vscodeCommands, window } from "vscode";

/** Shows a file in the system's file manager. */
export async function revealFile(path: string): Promise<void> {
  // Browsers and remote windows have no file manager to open; the path is what helps there.
  const known = new Set(await vscodeCommands.getCommands(true));
  if (known.has("revealFileInOS")) await vscodeCommands.executeCommand("revealFileInOS", Uri.file(path));
  else await window.showInformationMessage(path);
}
