import * as v from "valibot";
import { modelFacts, sampler, seed } from "../schemas";
import { generated } from "../tokenCount";
import { type Suite, suite } from "./suite";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Answers know their suite by its id: those of two with the same one would be held against the references of the first. */
function differentIds({ dataset, addIssue }: v.RawCheckContext<Suite[]>): void {
  if (!dataset.typed) return;
  const known = new Set<string>();
  for (const { id, name } of dataset.value) {
    if (known.has(id))
      addIssue({ message: `two suites are called “${name || id}”. Rename one, or ask them one by one` });
    known.add(id);
  }
}

export const suitesSpec = v.object({
  /** Ids of the models. */
  models: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(8)),
  suites: v.pipe(v.array(suite), v.minLength(1), v.rawCheck(differentIds)),
  /** Cases each way that ready suites were drawn with; undefined where there are none. */
  size: v.optional(natural),
  /** Answers to each item. */
  samples: v.pipe(v.number(), v.integer(), v.minValue(1)),
  sampler,
  seed,
});
export type SuitesSpec = v.InferOutput<typeof suitesSpec>;

const taskFields = { model: v.string(), suite: v.string(), item: v.string() };

export const suitesEvent = v.variant("type", [
  v.object({ type: v.literal("model"), model: modelFacts }),
  v.object({
    type: v.literal("answer"),
    ...taskFields,
    sample: natural,
    seed,
    text: v.string(),
    reason: v.picklist(["endToken", "stopText", "stopToken", "maxTokens", "contextFull", "grammar"]),
    /** The prompt's tokens as the model was given them: usually the reason of a failure. With the first sample only. */
    prompt: v.optional(v.array(v.string())),
    tokens: v.array(v.string()),
    logProbs: v.array(v.nullable(v.number())),
    generated,
  }),
  v.object({ type: v.literal("failed"), ...taskFields, message: v.string() }),
  /** A person's own verdict; null takes it back. */
  v.object({ type: v.literal("corrected"), ...taskFields, sample: natural, right: v.nullable(v.boolean()) }),
  v.object({ type: v.literal("ended"), reason: v.picklist(["done", "stopped"]) }),
]);
export type SuitesEvent = v.InferOutput<typeof suitesEvent>;
export type SuiteAnswerEvent = Extract<SuitesEvent, { type: "answer" }>;

/** One thing to ask of one model. */
export interface Task {
  readonly model: string;
  readonly suite: string;
  readonly item: string;
}

/** One answer to it. */
export interface AnswerId extends Task {
  readonly sample: number;
}

export function answerKey({ model, suite: id, item, sample }: AnswerId): string {
  return JSON.stringify([model, id, item, sample]);
}

export function sameTask(a: Task, b: Task): boolean {
  return a.model === b.model && a.suite === b.suite && a.item === b.item;
}
