import * as v from "valibot";
import { Uri } from "vscode";
import type { Source } from "../../../webview/reasoning/setup";
import { givenRange, modelOfRow, placeOf } from "../runs/openArguments";

/** Arguments of promptscope.openReasoning, all optional: a CodeLens, other commands and links give them. */
const openArguments = v.object({
  /** Where the question stands. */
  uri: v.optional(v.string()),
  range: v.optional(givenRange),
  question: v.optional(v.string()),
  /** Its reference. */
  answer: v.optional(v.string()),
  modelId: v.optional(v.string()),
});

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
  const ofRow = modelOfRow(given);
  if (ofRow !== undefined) return { modelId: ofRow, fromEditor: false };
  const read = v.safeParse(openArguments, given);
  if (!read.success) return { fromEditor: false };
  const { uri, range, question, answer = "", modelId } = read.output;
  // A file alone says nothing of where in it the question stands.
  const from = range ? placeOf(uri, range.start.line) : null;
  return {
    ...(question !== undefined && { source: { kind: "one", text: question, answer, from } }),
    ...(modelId !== undefined && { modelId }),
    fromEditor: false,
  };
}
