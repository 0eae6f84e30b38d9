import { Position, Range, type TextDocument } from "vscode";

/** Output channels and input boxes that VS Code has as documents too: nothing that anybody sends to a model. */
export function isBystander({ uri }: TextDocument): boolean {
  return ["output", "comment", "vscode-scm", "search-editor"].includes(uri.scheme);
}

/** All of a document. */
export function wholeRange(document: TextDocument): Range {
  return new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
}

/** Length of a document in UTF-16 units, without building its text. */
export function lengthOf(document: TextDocument): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}

/**
 * The units from `offset` on, about `units` of them (never more), without building the whole text. Empty at the end
 * alone. Line ends are as the document has them.
 */
export function textFrom(document: TextDocument, offset: number, units: number): string {
  const start = document.positionAt(offset);
  const text = document.getText(new Range(start, document.positionAt(offset + units)));
  if (text !== "" || units > 2) return text;
  return document.getText(new Range(start, new Position(start.line + 1, 0)));
}

/** Whether the first units hold a NUL: text decoded from a binary file. */
export function looksBinary(document: TextDocument): boolean {
  return textFrom(document, 0, 8000).includes("\0");
}
