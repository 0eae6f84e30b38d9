/** What a person sets before a probe: plain data, kept by the webview over a reload and turned into the run's spec by the host. */
import * as v from "valibot";
import { seed } from "../../src/experiments/schemas";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const line = v.pipe(v.string(), v.maxLength(100_000));

export const entityKind = v.picklist(["person", "place", "element"]);
/** Ids of `readySets` in src/experiments/hallucination/sets.ts. */
export const setId = v.picklist(["famousPeople", "capitals", "elements", "inventedPeople"]);
export type SetId = v.InferOutput<typeof setId>;

/** A sentence of a selection, and the question it answers; each can be changed by hand. */
const claim = v.object({
  /** The sentence itself. */
  text: line,
  question: line,
  /** What the sentence answers, in its own words: the reference. Empty for none. */
  answer: line,
  by: v.picklist(["rule", "writer", "person"]),
  /** Off: it is not asked. */
  on: v.boolean(),
});
export type ClaimView = v.InferOutput<typeof claim>;

export const source = v.variant("kind", [
  v.object({
    kind: v.literal("question"),
    text: line,
    /** The reference; empty where nobody knows it: then consistent answers cannot be told right from wrong. */
    reference: line,
    /** "chaplin.md:12", the place it was taken from; null when typed. */
    from: v.nullable(v.string()),
  }),
  v.object({
    kind: v.literal("entity"),
    name: line,
    entityKind,
    reference: line,
    from: v.nullable(v.string()),
  }),
  v.object({
    kind: v.literal("claims"),
    /** "chaplin.md:12–18". */
    from: v.nullable(v.string()),
    claims: v.pipe(v.array(claim), v.maxLength(500)),
  }),
  v.object({
    /** JSONL or CSV with questions and, where known, answers. */
    kind: v.literal("file"),
    uri: v.string(),
    name: v.string(),
    /** Takes only so many, from the first; null for all. */
    limit: v.nullable(positive),
  }),
  v.object({ kind: v.literal("set"), id: setId, limit: v.nullable(positive) }),
  /** How far to trust the probe on this model: its scores on names it has seen and on invented ones. */
  v.object({
    kind: v.literal("calibration"),
    /** Names of each class of exposure, and as many invented ones. */
    each: v.pipe(positive, v.maxValue(200)),
  }),
]);
export type Source = v.InferOutput<typeof source>;

/** Who judges, or writes: the probed model itself, nobody (words and rules alone), or another model by its id. */
export const helper = v.variant("kind", [
  v.object({ kind: v.literal("same") }),
  v.object({ kind: v.literal("none") }),
  v.object({ kind: v.literal("model"), id: v.string() }),
]);
export type Helper = v.InferOutput<typeof helper>;

/** The text that is put before the question for the open book. */
export const page = v.variant("kind", [
  /** A file, read anew when a run begins. */
  v.object({ kind: v.literal("file"), uri: v.string(), name: v.string() }),
  /** A selection, or what was pasted; `name` says of where. */
  v.object({ kind: v.literal("text"), text: v.pipe(v.string(), v.maxLength(400_000)), name: v.string() }),
]);
export type PageSource = v.InferOutput<typeof page>;

export const setup = v.object({
  source,
  /** Id of the model that is probed. */
  model: v.string(),
  judge: helper,
  writer: helper,
  /** Answers at the temperature, besides the greedy one. */
  samples: v.pipe(positive, v.maxValue(100)),
  temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(5)),
  seed,
  maxTokens: v.pipe(positive, v.maxValue(4096)),
  /** Put before the question for chat models; empty for none. */
  system: v.pipe(v.string(), v.maxLength(10_000)),
  /** Whether a model with a chat template is asked in it. */
  chat: v.boolean(),
  controls: v.object({
    /** How many well-known and how many invented ones; 0 for none, and then there is no verdict. */
    each: v.pipe(natural, v.maxValue(200)),
    /** What the question is about; "auto" reads it from the question. */
    kind: v.union([entityKind, v.literal("auto")]),
    /** Of the generator of invented names. */
    seed,
  }),
  /** Null: closed book only. */
  books: v.nullable(
    v.object({
      page,
      /** Asks also with a fact of the page changed. */
      misleading: v.boolean(),
      /** What is changed into what; null changes the reference's own words, where the page holds them. */
      change: v.nullable(v.object({ from: line, to: line })),
    }),
  ),
});
export type Setup = v.InferOutput<typeof setup>;

/** What the setup comes to. */
export const asked = v.object({
  /** Questions of the person's; without controls. */
  questions: natural,
  withReference: natural,
  controls: v.object({
    known: natural,
    invented: natural,
    /** What they are: people, places, elements; null where there are none. */
    kind: v.nullable(entityKind),
    /** Some names, for the tooltip. */
    names: v.array(v.string()),
    /** Why there are none, or fewer than wanted; null when all is well. */
    problem: v.nullable(v.string()),
  }),
  /** "Who is Orson Kovacs?", "30 questions, capitals": shown as it is. */
  label: v.string(),
  /** The first question as it will be put; null for none. */
  first: v.nullable(v.string()),
  /** Why nothing can be asked; null when all is well. */
  problem: v.nullable(v.string()),
  /** The open book; null without one. */
  book: v.nullable(
    v.object({
      name: v.string(),
      characters: natural,
      /** Questions whose answer stands on the page, so that a fact can be changed. */
      holds: natural,
      /** Of the first such question; null where nothing is changed. */
      change: v.nullable(v.object({ from: v.string(), to: v.string() })),
      /** Why it cannot be read, or nothing can be changed; null when all is well. */
      problem: v.nullable(v.string()),
    }),
  ),
});
export type AskedView = v.InferOutput<typeof asked>;
