import * as v from "valibot";
import { readySuiteIds } from "../../experiments/suites/ready";
import { modelOfRow } from "../runs/openArguments";

/** Arguments of promptscope.openSuites, all optional: lessons and other commands give them. */
const openArguments = v.object({
  /** Ready suites to choose, by their ids; none of others. */
  suites: v.optional(v.pipe(v.array(v.picklist(readySuiteIds)), v.minLength(1))),
  modelId: v.optional(v.string()),
});

export interface OpenRequest {
  readonly suites?: string[];
  readonly modelId?: string;
}

/** What the command was called with. */
export function openRequest(given: unknown): OpenRequest {
  const ofRow = modelOfRow(given);
  if (ofRow !== undefined) return { modelId: ofRow };
  const read = v.safeParse(openArguments, given);
  if (!read.success) return {};
  const { suites, modelId } = read.output;
  return { ...(suites && { suites }), ...(modelId !== undefined && { modelId }) };
}
