/** What a person sets before a run: plain data, kept by the webview over a reload and turned into the run's spec by the host. */
import * as v from "valibot";
import { suitesSpec } from "../../src/experiments/suites/spec";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Models that can be asked in one run. */
export const mostModels = 8;

export const setup = v.object({
  /** Ids, each once; the columns of the grid. */
  models: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(mostModels)),
  /** Ids of the suites that are asked: of ready ones, and of a person's own (`offeredSuite.id`). */
  suites: v.array(v.string()),
  /** Own suites that were chosen through a dialog, as uris; those of the workspace are found by the setting's glob. */
  files: v.array(v.string()),
  /** Cases each way of asking, of ready suites. */
  size: v.pipe(positive, v.maxValue(200)),
  samples: v.pipe(positive, v.maxValue(100)),
  sampler: suitesSpec.entries.sampler,
  /** Of cases and samples. */
  seed: suitesSpec.entries.seed,
});
export type Setup = v.InferOutput<typeof setup>;

/** A suite that can be asked. */
export const offeredSuite = v.object({
  id: v.string(),
  name: v.string(),
  /** Where the edge comes from; empty for a person's own. */
  why: v.string(),
  /** Ways of asking: "at once", "spelled out"; one empty text where there is one way. */
  ways: v.array(v.string()),
  cases: natural,
  /** Cases with something to hold answers against. */
  graded: natural,
  /** Uri of a person's own; null for a ready one. */
  file: v.nullable(v.string()),
  /** Why it cannot be read: names the line; null when all is well. */
  problem: v.nullable(v.string()),
});
export type OfferedSuite = v.InferOutput<typeof offeredSuite>;

/** Fields of the setup that are changed at once; `undoSetup` takes one such change back. */
export const setupChange = v.partial(v.omit(setup, ["models", "files"]));
export type SetupChange = v.InferOutput<typeof setupChange>;
