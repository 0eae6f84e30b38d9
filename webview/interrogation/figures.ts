/** The figures of an interrogation, dropped questions left out. */
import * as v from "valibot";
import { rate } from "../runs/rates";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

const part = v.object({
  file: v.string(),
  section: v.string(),
  questions: natural,
  /** Of the questions, those whose answers are all marked. */
  answered: natural,
  /** Right answers, closed book, questions being the unit. */
  right: rate,
  keep: natural,
  refuse: natural,
  leaveOut: natural,
});
export type PartView = v.InferOutput<typeof part>;

export const figures = v.object({
  whole: part,
  /** By file and section, in the text's order. */
  sections: v.array(part),
  /** Names of the sections it knows (the interval lies over a half) and of those it does not (under a half). */
  knows: v.array(v.string()),
  doesNotKnow: v.array(v.string()),
  /** Questions a person accepted or dropped, and those of all that were dropped. */
  reviewed: natural,
  dropped: natural,
  all: natural,
  /** Made by rules because the writer could not, and what it complained of first; null where all is well. */
  byRule: natural,
  writingProblem: v.nullable(v.string()),
  /** How the judge did on pairs of answers that nobody doubts; one that is not believed marks nothing. Undefined before, and without one. */
  judge: v.optional(v.object({ pairs: natural, right: natural, believed: v.boolean() })),
  /** Too few questions to say more than counts (under 30). */
  few: v.boolean(),
  /** The run still goes on, or was interrupted. */
  provisional: v.boolean(),
});
export type Figures = v.InferOutput<typeof figures>;

/** What an export is made with. */
export const exportOptions = v.object({
  /** Share of files kept for validation, 0 to 0.5. */
  validation: v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)),
  /** Draws the files. */
  seed: v.pipe(natural, v.maxValue(2 ** 32 - 1)),
  /** Only questions that a person accepted. */
  onlyAccepted: v.boolean(),
});
export type ExportOptions = v.InferOutput<typeof exportOptions>;

/** What the export would hold now. */
export const exportView = v.object({
  options: exportOptions,
  train: natural,
  validation: natural,
  /** Of both. */
  answers: natural,
  refusals: natural,
  files: natural,
  /** Files held out for validation. With one file there is no split. */
  heldOut: natural,
});
export type ExportView = v.InferOutput<typeof exportView>;
