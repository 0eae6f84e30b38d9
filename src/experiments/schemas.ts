/** Schemas that the specs and events of several experiments share. */
import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const seed = v.pipe(natural, v.maxValue(2 ** 32 - 1));

/** As `Sampler` of engine.ts. */
export const sampler = v.object({
  /** 0 takes the likeliest. */
  temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(100)),
  /** 0 for off. */
  topK: natural,
  /** 1 for off. */
  topP: share,
  /** 0 for off. */
  minP: share,
  /** 1 for off. */
  repetitionPenalty: v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)),
});

/** What a run records of a model: `ModelFacts` of engine.ts. */
export const modelFacts = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["builtIn", "gguf", "served", "editor"]),
  contextSize: v.optional(v.number()),
  vocabularySize: v.optional(v.number()),
  hasChatTemplate: v.boolean(),
  addsBos: v.boolean(),
  build: v.string(),
  fingerprint: v.optional(v.string()),
});
