import { Position, Range, type TextDocument } from "vscode";
import { claimsOf } from "../../experiments/hallucination/claims";
import { proseOf } from "./prose";

/** A claim where it stands. */
export interface PlacedClaim {
  readonly range: Range;
  /** On one line, as it is asked about. */
  readonly text: string;
}

/** A paragraph with more lines to either side of the cursor is none: a table, or a log. */
const mostLines = 50;

/** The claims of a selection; of a bare cursor, the one that it stands in. */
export function claimsIn(document: TextDocument, selected: Range): PlacedClaim[] {
  const range = selected.isEmpty ? paragraphAt(document, selected.start) : selected;
  const from = document.offsetAt(range.start);
  const placed = claimsOf(proseOf(document.getText(range))).map(({ text, start, end }) => ({
    range: new Range(document.positionAt(from + start), document.positionAt(from + end)),
    text: text.replace(/\s+/g, " "),
  }));
  return selected.isEmpty ? placed.filter((claim) => claim.range.contains(selected)).slice(0, 1) : placed;
}

/** Lines up to the next empty ones. */
function paragraphAt(document: TextDocument, { line }: Position): Range {
  const isEmpty = (at: number): boolean => document.lineAt(at).isEmptyOrWhitespace;
  let [first, last] = [line, line];
  while (first > 0 && !isEmpty(first) && !isEmpty(first - 1) && line - first < mostLines) first--;
  while (last < document.lineCount - 1 && !isEmpty(last + 1) && last - line < mostLines) last++;
  return new Range(new Position(first, 0), document.lineAt(last).range.end);
}
