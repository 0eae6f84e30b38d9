/** What a person sets before a run: plain data, kept by the webview over a reload and turned into the run's spec by the host. */
import * as v from "valibot";
import { families } from "../../src/experiments/problems/problem";
import { arm } from "../../src/experiments/reasoning/arms";
import { reasoningSpec } from "../../src/experiments/reasoning/spec";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Problem sets to generate: `count` questions in all, shared out evenly over families and the steps each has. */
export const generated = v.object({
  kind: v.literal("generated"),
  families: v.pipe(v.array(v.picklist(families)), v.minLength(1)),
  count: v.pipe(positive, v.maxValue(10_000)),
  /** Steps of word problems (digits of long sums), both included; families without such a choice are asked as they are. */
  steps: v.object({ from: positive, to: positive }),
  seed: reasoningSpec.entries.seed,
});
export type GeneratedSource = v.InferOutput<typeof generated>;

export const source = v.variant("kind", [
  generated,
  v.object({
    kind: v.literal("one"),
    text: v.pipe(v.string(), v.maxLength(100_000)),
    /** The reference; empty where nobody knows it: then nothing is graded. */
    answer: v.string(),
    /** "word-problems.md:12", the place it was taken from; null when typed. */
    from: v.nullable(v.string()),
  }),
  v.object({
    kind: v.literal("file"),
    uri: v.string(),
    name: v.string(),
    /** Takes only so many, from the first; null for all. */
    limit: v.nullable(positive),
  }),
  /** The questions of the run that is shown. */
  v.object({ kind: v.literal("run") }),
]);
export type Source = v.InferOutput<typeof source>;

export const setup = v.object({
  /** Ids; one or two. */
  models: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(2)),
  source,
  /** All that are offered, in the order they are asked; those that are on are run. */
  arms: v.array(v.object({ arm, on: v.boolean() })),
  samples: v.pipe(positive, v.maxValue(100)),
  sampler: reasoningSpec.entries.sampler,
  seed: reasoningSpec.entries.seed,
  grader: reasoningSpec.entries.grader,
  /** Put before the question for chat models; empty for none. */
  system: v.string(),
  /** Whether models with a chat template are asked in it. */
  chat: v.boolean(),
  /** Ends the run once so many tokens were sampled; null for no limit. */
  tokenBudget: v.nullable(positive),
  /** Worked examples before each question, for models that are given documents; null for none. */
  examples: v.optional(
    v.nullable(v.object({ family: v.picklist(families), count: v.pipe(positive, v.maxValue(20)) })),
    null,
  ),
});
export type Setup = v.InferOutput<typeof setup>;

/** The questions the setup comes to. */
export const questionsView = v.object({
  count: natural,
  /** How many of them have a reference. */
  graded: natural,
  /** "200 questions, generated: fruit prices, bags and gifts; 1 to 6 steps each, seed 1": shown as it is. */
  label: v.string(),
  /** Why there are none, or not what was asked for; null when all is well. */
  problem: v.nullable(v.string()),
  /** Fewer were to be had than asked for. */
  first: v.nullable(v.object({ text: v.string(), answer: v.nullable(v.string()) })),
});
export type QuestionsView = v.InferOutput<typeof questionsView>;
