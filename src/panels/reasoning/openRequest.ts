import * as v from "valibot";
import { Uri } from "vscode";
import type { Source } from "../../../webview/reasoning/setup";

const position = v.object({ line: v.pipe(v.number(), v.integer(), v.minValue(0)), character: v.number() });

/** Arguments of promptscope.openReasoning, all optional: a CodeLens, other commands and links give them. */
const openArguments = v.object({
  /** Where the question stands. */
  uri: v.optional(v.string()),
  range: v.optional(v.object({ start: position, end: position })),
  question: v.optional(v.string()),
  /** Its reference. */
  answer: v.optional(v.string()),
  modelId: v.optional(v.string()),
});
/** A row of the models view, which its menu hands over. */
const modelRow = v.object({ entry: v.object({ id: v.string() }) });

export interface OpenRequest {
  readonly source?: Source;
  readonly modelId?: string;
  /** The editor's own menu called: what the cursor is in is meant where nothing is selected. */
  readonly fromEditor: boolean;
}

/** What the command was called with. */
export function openRequest(given: unknown): OpenRequest {
  // A menu of the editor hands over the file it stands on.
  if (given instanceof Uri) return { fromEditor: true };
  const row = v.safeParse(modelRow, given);
  if (row.success) return { modelId: row.output.entry.id, fromEditor: false };
  const read = v.safeParse(openArguments, given);
  if (!read.success) return { fromEditor: false };
  const { uri, range, question, answer = "", modelId } = read.output;
  const from = uri !== undefined && range ? `${nameOf(uri)}:${range.start.line + 1}` : null;
  return {
    ...(question !== undefined && { source: { kind: "one", text: question, answer, from } }),
    ...(modelId !== undefined && { modelId }),
    fromEditor: false,
  };
}

function nameOf(uri: string): string {
  return Uri.parse(uri).path.split("/").at(-1) ?? uri;
}
