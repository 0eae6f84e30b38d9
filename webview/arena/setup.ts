/** What a person sets before a comparison: plain data, kept by the webview over a reload and turned into the run's spec by the host. */
import * as v from "valibot";
import { contestant, mostContestants, names } from "../../src/experiments/arena/spec";
import { seed } from "../../src/experiments/schemas";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const text = v.pipe(v.string(), v.maxLength(100_000));

/** A contestant as it is set up; an empty name is made from what sets it apart. */
export const contestantSetup = v.object({
  ...contestant.entries,
  system: v.string(),
  stops: v.array(v.string()),
});
export type ContestantSetup = v.InferOutput<typeof contestantSetup>;

/** Where the prompts come from. */
export const prompts = v.variant("kind", [
  v.object({
    kind: v.literal("typed"),
    texts: v.pipe(v.array(text), v.maxLength(100)),
    /** "persona.md:12", the place the first was taken from; null when typed. */
    from: v.nullable(v.string()),
  }),
  v.object({ kind: v.literal("file"), uri: v.string(), name: v.string() }),
  /** The prompts of the run that is shown. */
  v.object({ kind: v.literal("run") }),
]);
export type Prompts = v.InferOutput<typeof prompts>;

export const setup = v.object({
  contestants: v.pipe(v.array(contestantSetup), v.minLength(2), v.maxLength(mostContestants)),
  prompts,
  names,
  rounds: positive,
  seed,
});
export type Setup = v.InferOutput<typeof setup>;

/** The prompts the setup comes to. */
export const promptsView = v.object({
  count: natural,
  /** "12 prompts of prompts.md": shown as it is. */
  label: v.string(),
  /** Why there are none, or not all; null when all is well. */
  problem: v.nullable(v.string()),
  first: v.nullable(v.string()),
});
export type PromptsView = v.InferOutput<typeof promptsView>;

/** What is known of a contestant's model. */
export const modelView = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["builtIn", "gguf", "served", "editor"]),
  /** False: it is not here any more. */
  present: v.boolean(),
  /** Why it cannot answer, in words; null when it can, and before it was loaded. */
  missing: v.nullable(v.string()),
});
export type ModelView = v.InferOutput<typeof modelView>;

/** What a run costs before it starts. */
export const cost = v.object({
  answers: natural,
  /** As many tokens as all answers have at most. */
  tokensAtMost: natural,
  /** Pairs to vote on. */
  pairs: natural,
});
export type Cost = v.InferOutput<typeof cost>;
