/** What the surprisal view and the extension host say to each other. Offsets are UTF-16 units of the file. */
import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const nothing = v.optional(v.null());

const surprisingToken = v.object({
  /** As it is shown: spaces as ·, line ends as ⏎. */
  text: v.string(),
  /** From 1. */
  line: natural,
  bits: v.number(),
  step: natural,
  start: natural,
  end: natural,
});
export type SurprisingToken = v.InferOutput<typeof surprisingToken>;

const scores = v.object({
  /** Null until a model is there. */
  model: v.nullable(v.string()),
  /** "raw text, 309 tokens of lines 1–39, 0.4 s" */
  scope: v.string(),
  status: v.object({
    kind: v.picklist(["busy", "ready", "stale", "stopped", "failed"]),
    /** Empty where there is nothing to say. */
    text: v.string(),
    /** The log's last lines; null for none. */
    details: v.nullable(v.string()),
  }),
  /** Tokens by step, from 0 (under 1 bit) to 6 (12 bits and over). */
  histogram: v.array(natural),
  perplexity: v.nullable(v.string()),
  bitsPerCharacter: v.nullable(v.string()),
  /** What the numbers rest on, as sentences. */
  notes: v.array(v.string()),
  /** The most surprising tokens, most first. */
  tokens: v.array(surprisingToken),
});
export type Scores = v.InferOutput<typeof scores>;

const action = v.picklist(["pickModel", "refresh", "cancel", "showLog"]);
export type Action = v.InferOutput<typeof action>;

/** What the view may ask of the extension. */
export const hostContract = {
  /** What stands there now; null without a text file in front. */
  start: { args: v.tuple([]), result: v.nullable(scores) },
  run: { args: v.tuple([action]), result: nothing },
  /** Selects a part of the file in front. */
  reveal: { args: v.tuple([natural, natural]), result: nothing },
} as const;

/** What the extension tells the view. */
export const viewContract = {
  show: { args: v.tuple([v.nullable(scores)]), result: nothing },
} as const;
