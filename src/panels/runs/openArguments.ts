import * as v from "valibot";
import { Uri } from "vscode";
import { baseName } from "../baseName";

/** A row of the models view, which its menu hands over. */
const modelRow = v.object({ entry: v.object({ id: v.string() }) });

/** The model of the models view's row that a command was called on; undefined where it was called otherwise. */
export function modelOfRow(given: unknown): string | undefined {
  const row = v.safeParse(modelRow, given);
  return row.success ? row.output.entry.id : undefined;
}

const position = v.object({ line: v.pipe(v.number(), v.integer(), v.minValue(0)), character: v.number() });

/** A stretch of a file in a command's arguments, as VS Code counts: lines and UTF-16 units from 0. */
export const givenRange = v.object({ start: position, end: position });

/** A file, or a line of it (from 0), as a person reads it: "note.md:3"; null without a file. */
export function placeOf(uri: string | undefined, line: number | undefined): string | null {
  if (uri === undefined) return null;
  const name = baseName(Uri.parse(uri));
  return line === undefined ? name : `${name}:${line + 1}`;
}
