import * as v from "valibot";
import { Uri } from "vscode";
import { modelOfRow } from "../runs/openArguments";

/** Arguments of promptscope.openArena, all optional: other commands and links give them. */
const openArguments = v.object({ prompt: v.optional(v.string()), modelId: v.optional(v.string()) });

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
  const ofRow = modelOfRow(given);
  if (ofRow !== undefined) return { modelId: ofRow, fromEditor: false };
  const read = v.safeParse(openArguments, given);
  return read.success ? { ...read.output, fromEditor: false } : { fromEditor: false };
}
