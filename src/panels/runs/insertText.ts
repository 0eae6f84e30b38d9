import { l10n, Range, type TextDocument, WorkspaceEdit, window, workspace } from "vscode";
import { UserError } from "../../platform/commands";

/** Puts a text into a document, as one edit that undo takes back. */
export async function insertText(
  text: string,
  target: { readonly document: TextDocument; readonly offset: number } | undefined,
): Promise<void> {
  if (!target)
    throw new UserError(l10n.t("There is no editor to insert into. Open the file that the text belongs in."));
  const { document, offset } = target;
  const position = document.positionAt(offset);
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, position, text);
  if (!(await workspace.applyEdit(edit))) {
    throw new UserError(l10n.t("{0} cannot be changed: VS Code refused the edit.", document.fileName));
  }
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  shown?.revealRange(new Range(position, document.positionAt(offset + text.length)));
}
