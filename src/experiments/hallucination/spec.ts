import * as v from "valibot";
import { judgement } from "../judging/relation";
import { modelFacts, sampler, seed } from "../schemas";
import { generated } from "../tokenCount";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** The book of an item that is asked from memory alone. */
export const closedBook = "closed";

/** A text that is put before the question: the open file, a selection, or either with a fact changed. */
const page = v.object({
  /** Names it in events; unique in a run and not "closed". */
  id: v.pipe(v.string(), v.minLength(1), v.notValue(closedBook)),
  kind: v.picklist(["open", "misleading"]),
  /** For people: the file's name. */
  name: v.string(),
  text: v.pipe(v.string(), v.minLength(1)),
});
export type Page = v.InferOutput<typeof page>;

/** One question, asked closed book and with each of its pages. */
export const item = v.object({
  /** Unique in a run. */
  id: v.pipe(v.string(), v.minLength(1)),
  text: v.pipe(v.string(), v.minLength(1)),
  /** Controls are asked about entities that are well known, or that nobody can know because they were made up. */
  group: v.picklist(["asked", "known", "invented"]),
  /** Whom or what the question is about, as it stands in it. */
  entity: v.optional(v.string()),
  /** A right answer; undefined where nobody gave one: then consistent answers cannot be told right from wrong. */
  reference: v.optional(v.string()),
  /** Words of which any in an answer makes it right; without them the reference's own. */
  accept: v.optional(v.array(v.string())),
  /** Documents of the model's training that name the entity, where that is known. */
  seen: v.optional(natural),
  /** Its pages, and what each answers: for telling memory from the page. */
  pages: v.optional(v.array(v.object({ page: v.string(), says: v.optional(v.string()) }))),
});
export type Item = v.InferOutput<typeof item>;

/** A prompt for chat models, and the document for a base model up to where its answer begins. */
const template = v.object({ chat: v.string(), document: v.string() });

/** Where the questions come from, for the record. */
const source = v.variant("kind", [
  v.object({ kind: v.literal("typed") }),
  /** "chaplin.md:12" */
  v.object({ kind: v.literal("editor"), place: v.string() }),
  v.object({ kind: v.literal("claims"), place: v.nullable(v.string()) }),
  v.object({ kind: v.literal("file"), name: v.string() }),
  /** One of `readySets`. */
  v.object({ kind: v.literal("set"), id: v.string() }),
  /** All items are controls, `each` of every class of exposure: how far to trust the probe. */
  v.object({ kind: v.literal("calibration"), each: count }),
]);
export type ProbeSource = v.InferOutput<typeof source>;

export const hallucinationSpec = v.object({
  /** Id of the model that is asked. */
  probed: v.string(),
  /** Id of the model that says which answers mean the same; null for the words alone. */
  judge: v.nullable(v.string()),
  /** Id of the model that wrote the questions, for the record; null where a person or a template did. */
  writer: v.nullable(v.string()),
  items: v.pipe(v.array(item), v.minLength(1)),
  pages: v.array(page),
  /** Answers at the sampler's temperature, besides the greedy one. */
  samples: v.pipe(count, v.maxValue(1000)),
  sampler,
  seed,
  maxTokens: count,
  system: v.optional(v.string()),
  /** Whether a model with a chat template is asked in it. */
  chat: v.boolean(),
  /** `{question}` and `{page}` stand for the question and the page. */
  closed: template,
  open: template,
  documentStops: v.array(v.string()),
  source: v.optional(source),
  /** What the controls' invented names were made with; for the record. */
  controlSeed: v.optional(seed),
});
export type HallucinationSpec = v.InferOutput<typeof hallucinationSpec>;

/** Number of the greedy answer among an item's answers; the sampled ones count from 0. */
export const greedyAnswer = -1;

const answerNumber = v.pipe(v.number(), v.integer(), v.minValue(greedyAnswer));
const cellFields = {
  /** Id of the item. */
  item: v.string(),
  /** "closed", or the id of a page. */
  book: v.string(),
};

export const hallucinationEvent = v.variant("type", [
  v.object({ type: v.literal("model"), role: v.picklist(["probed", "judge"]), model: modelFacts }),
  v.object({
    type: v.literal("answer"),
    ...cellFields,
    sample: answerNumber,
    seed,
    text: v.string(),
    reason: v.picklist(["endToken", "stopText", "stopToken", "maxTokens", "contextFull", "grammar"]),
    /** The sampled tokens' texts, which join to the answer and what ended it, and their raw log-probabilities. */
    tokens: v.array(v.string()),
    logProbs: v.array(v.nullable(v.number())),
    generated,
    /** Of the greedy answer, the likeliest tokens at each place, likeliest first. */
    top: v.optional(v.array(v.array(v.object({ text: v.string(), logProb: v.number() })))),
  }),
  /** Whether two answers mean the same, asked both ways: does the first entail the second, and the second the first. */
  v.object({ type: v.literal("judged"), ...cellFields, first: natural, second: natural, ...judgement }),
  /** Whether an answer agrees with the reference, asked both ways, where its words do not say so. */
  v.object({ type: v.literal("held"), ...cellFields, sample: answerNumber, ...judgement }),
  /** ln of the probabilities that the model calls its own greedy answer true, and false. */
  v.object({ type: v.literal("truth"), ...cellFields, yes: v.number(), no: v.number() }),
  /** How the judge did on a pair of answers whose relation is known (`judgeCheck.ts`), by the pair's number. */
  v.object({ type: v.literal("checked"), pair: natural, ...judgement }),
  /** The item could not be asked: it does not fit the context, say. */
  v.object({ type: v.literal("failed"), ...cellFields, message: v.string() }),
  /** A person's own mark of an answer; null takes it back. */
  v.object({
    type: v.literal("corrected"),
    ...cellFields,
    sample: answerNumber,
    mark: v.picklist(["right", "refusal"]),
    value: v.nullable(v.boolean()),
  }),
  /** A person's own judgement of two answers; null takes it back. */
  v.object({
    type: v.literal("pairCorrected"),
    ...cellFields,
    first: natural,
    second: natural,
    same: v.nullable(v.boolean()),
  }),
  v.object({ type: v.literal("ended"), reason: v.picklist(["done", "stopped"]) }),
]);
export type HallucinationEvent = v.InferOutput<typeof hallucinationEvent>;
export type AnswerEvent = Extract<HallucinationEvent, { type: "answer" }>;

/** An item in a book: what answers, clusters and scores belong to. */
export interface Cell {
  readonly item: string;
  readonly book: string;
}

/** Whether a run asks nothing of a person's own: it tells how far to trust the probe. */
export function isCalibration({ source: from, items }: Pick<HallucinationSpec, "source" | "items">): boolean {
  return from ? from.kind === "calibration" : items.every(({ group }) => group !== "asked");
}

export function cellKey({ item: id, book }: Cell): string {
  return JSON.stringify([id, book]);
}

/** Names an answer in a run. */
export function answerKey({ item: id, book, sample }: Cell & { readonly sample: number }): string {
  return JSON.stringify([id, book, sample]);
}
