import * as v from "valibot";
import { Uri } from "vscode";

/** Arguments of promptscope.openArena, all optional: other commands and links give them. */
const openArguments = v.object({ prompt: v.optional(v.string()), modelId: v.optional(v.string()) });
/** A row of the models view, which its menu hands over. */
const modelRow = v.object({ entry: v.object({ id: v.string() }) });

export interface OpenRequest {
  readonly prompt?: string | undefined;
  readonly modelId?: string | undefined;
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
  return read.success ? { ...read.output, fromEditor: false } : { fromEditor: false };
}
