import { type Disposable, type TextDocument, workspace } from "vscode";

/** Tells of closed documents. VS Code reports a change of language as closing and opening too; that is not told. */
export function onDidReallyClose(listener: (document: TextDocument) => void): Disposable {
  return workspace.onDidCloseTextDocument((document) => {
    if (document.isClosed) listener(document);
  });
}
