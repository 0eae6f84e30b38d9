import * as v from "valibot";
import { InputError } from "./input";

/**
 * A spec as its schema has it: what a saved run is read with, so that whatever is written opens again, and going on with it
 * finds the same spec. Throws InputError, which names what is wrong.
 */
export function checked<S extends v.GenericSchema>(schema: S, spec: unknown): v.InferOutput<S> {
  const read = v.safeParse(schema, spec);
  if (!read.success) throw new InputError(issueWords(read.issues));
  return read.output;
}

/** "samples: Expected <=100 but received 101", one after the other. */
export function issueWords(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `${v.getDotPath(issue) ?? "the spec"}: ${issue.message}`).join("; ");
}
