import { Pieces, type TextParts } from "./textParts";

/**
 * `head` as one JSON document with `answers`, a row for each, at its end. They are written one by one: all at once would hold
 * up whoever waits. Yields after each, for `inSlices`.
 */
export function* writingDocument(head: object, rows: Iterable<object>): Generator<void, TextParts> {
  const answers = new Pieces(",\n");
  for (const row of rows) {
    answers.add(`    ${JSON.stringify(row)}`);
    yield;
  }
  const text = JSON.stringify(head, undefined, 2);
  return [`${text.slice(0, text.lastIndexOf("\n"))},\n  "answers": [\n`, ...answers.parts(), "\n  ]\n}\n"];
}
