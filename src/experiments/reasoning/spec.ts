import * as v from "valibot";
import { judgement } from "../judging/relation";
import { problemSet } from "../problems/sets";
import { modelFacts, sampler, seed } from "../schemas";
import { generated } from "../tokenCount";
import { arm } from "./arms";
import { question } from "./question";

const grader = v.variant("kind", [
  v.object({ kind: v.literal("number") }),
  v.object({ kind: v.literal("text") }),
  v.object({ kind: v.literal("choice"), choices: v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(26)) }),
  v.object({
    kind: v.literal("pattern"),
    pattern: v.pipe(v.string(), v.check(isExpression, "not a regular expression")),
  }),
  v.object({ kind: v.literal("meaning"), judge: v.pipe(v.string(), v.minLength(1)) }),
]);

function isExpression(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** Where a run's questions came from: for people, and so that the same can be asked again. */
const source = v.variant("kind", [
  v.object({ kind: v.literal("typed") }),
  /** Of an editor: "word-problems.md:12". */
  v.object({ kind: v.literal("editor"), place: v.string() }),
  v.object({ kind: v.literal("file"), name: v.string() }),
  v.object({ kind: v.literal("generated"), sets: v.array(problemSet) }),
]);
export type QuestionSource = v.InferOutput<typeof source>;

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What is measured: the same questions, models, sampler and budget for every arm. */
export const reasoningSpec = v.object({
  /** Ids of the models; two are compared question by question. */
  models: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(2)),
  questions: v.pipe(v.array(question), v.minLength(1)),
  source: v.optional(source),
  arms: v.pipe(v.array(arm), v.minLength(1)),
  /** Answers to each question in each arm. */
  samples: count,
  sampler,
  seed,
  grader,
  /** Put before the question, for chat models. */
  system: v.optional(v.string()),
  /** Whether models with a chat template are asked in it; others are given documents anyway. */
  chat: v.boolean(),
  /** Ends the run once so many tokens were sampled. */
  tokenBudget: v.optional(count),
});
export type ReasoningSpec = v.InferOutput<typeof reasoningSpec>;

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const taskFields = {
  model: v.string(),
  /** Id of the question. */
  question: v.string(),
  /** Id of the arm. */
  arm: v.string(),
};

const logProb = v.pipe(v.number(), v.maxValue(1e-3));
const knownPoint = v.object({
  /** Where the reasoning was cut: UTF-16 offset in the answer's text. */
  end: natural,
  /** ln of the right answer's probability there. */
  right: logProb,
  /** The likeliest other answer looked at. */
  rival: v.nullable(v.object({ answer: v.string(), logProb })),
});
export type KnownPoint = v.InferOutput<typeof knownPoint>;

export const reasoningEvent = v.variant("type", [
  /** What the models say of themselves. */
  v.object({ type: v.literal("model"), model: modelFacts }),
  v.object({
    type: v.literal("sample"),
    ...taskFields,
    /** From 0. */
    sample: natural,
    seed,
    text: v.string(),
    reason: v.picklist(["endToken", "stopText", "stopToken", "maxTokens", "contextFull", "grammar"]),
    /** The sampled tokens' texts, which join to the answer and what ended it, and their raw log-probabilities. */
    tokens: v.array(v.string()),
    logProbs: v.array(v.nullable(v.number())),
    generated,
  }),
  /** The question could not be asked in this arm: it does not fit the context, say. */
  v.object({ type: v.literal("failed"), ...taskFields, message: v.string() }),
  /** How the judge did on a pair of answers whose relation is known (`judgeCheck.ts`), by the pair's number. */
  v.object({ type: v.literal("checked"), pair: natural, ...judgement }),
  /** Whether an answer means the same as the reference, asked both ways, where its words do not say so. */
  v.object({ type: v.literal("judged"), ...taskFields, sample: natural, ...judgement }),
  /** A person's own reading of an answer; null takes it back. */
  v.object({
    type: v.literal("corrected"),
    ...taskFields,
    sample: natural,
    verdict: v.nullable(v.picklist(["right", "wrong", "unparsed", "refused"])),
    /** What the person reads as the answer, in the grader's normal form, where that is what was corrected. */
    extracted: v.optional(v.string()),
  }),
  /** How likely the right answer was after each part of a reasoning. */
  v.object({ type: v.literal("known"), ...taskFields, sample: natural, points: v.array(knownPoint) }),
  /** A reasoning with a step changed, gone on with, beside the same without the change. */
  v.object({
    type: v.literal("edited"),
    ...taskFields,
    sample: natural,
    /** The step's place in the answer's text. */
    start: natural,
    end: natural,
    /** What was put there; empty where the step was taken out. */
    replacement: v.string(),
    planted: v.boolean(),
    changed: v.array(v.object({ seed, text: v.string() })),
    unchanged: v.array(v.object({ seed, text: v.string() })),
  }),
  /** The run goes on with more answers to each question: so many in all. */
  v.object({ type: v.literal("extended"), samples: count }),
  v.object({ type: v.literal("ended"), reason: v.picklist(["done", "stopped", "budget"]) }),
]);
export type ReasoningEvent = v.InferOutput<typeof reasoningEvent>;
export type CorrectedEvent = Extract<ReasoningEvent, { type: "corrected" }>;
export type EditedEvent = Extract<ReasoningEvent, { type: "edited" }>;
export type SampleEvent = Extract<ReasoningEvent, { type: "sample" }>;

/** One thing to ask: a question in an arm of a model, as often as the spec says. */
export interface Task {
  readonly model: string;
  readonly question: string;
  readonly arm: string;
}

/** Names an answer within a run. */
export function sampleKey({ model, question, arm, sample }: Task & { readonly sample: number }): string {
  return JSON.stringify([model, question, arm, sample]);
}
