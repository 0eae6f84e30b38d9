import { commands, TabInputCustom, TabInputWebview, type Uri, window } from "vscode";
import { customEditors } from "../../src/contributions";
import { waitFor } from "./waiting";

/** Waits for the tab of a panel by a part of its view type: "promptscope.arena". */
export async function panelShown(viewType: string): Promise<void> {
  await tabShown(viewType, (input) => input instanceof TabInputWebview && input.viewType.includes(viewType));
}

/** Opens a saved run in the editor of its file, and waits for its tab. */
export async function openInRunEditor(uri: Uri): Promise<void> {
  await commands.executeCommand("vscode.openWith", uri, customEditors.run);
  await tabShown(uri.fsPath, (input) => input instanceof TabInputCustom && input.uri.fsPath === uri.fsPath);
}

/** Tabs are told of a little after they are there. */
async function tabShown(what: string, wanted: (input: unknown) => boolean): Promise<void> {
  const tabs = () => window.tabGroups.all.flatMap((group) => group.tabs);
  await waitFor(
    () => tabs().some(({ input }) => wanted(input)),
    () => `the tab of ${what} was never shown, only ${tabs().map(({ label }) => label)}`,
  );
}
