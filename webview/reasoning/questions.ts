/** Questions and answers as the host sends them: rows in windows, and one question whole. Offsets are UTF-16. */
import * as v from "valibot";
import { judgement } from "../../src/experiments/judging/relation";
import { listEntries, verdict } from "../runs/state";
import { streamedEntries, writtenEntries } from "../runs/streams";
import { side } from "./figures";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Names an answer within a run. */
export const answerId = v.object({ ...side.entries, question: v.string(), sample: natural });
export type AnswerId = v.InferOutput<typeof answerId>;

/** A question's answers in one arm of one model, in short. */
const cell = v.object({
  ...side.entries,
  /** Of the only answer or the majority's; null where nothing is graded or nothing came yet. */
  verdict: v.nullable(verdict),
  /** What the only answer or the majority says; null where nothing was found. */
  said: v.nullable(v.string()),
  right: natural,
  answers: natural,
  truncated: natural,
  /** The question could not be asked in this arm. */
  failed: v.boolean(),
});
export type Cell = v.InferOutput<typeof cell>;

export const questionRow = v.object({
  /** Place in the run, from 0. */
  index: natural,
  id: v.string(),
  /** The first 300 characters. */
  text: v.string(),
  steps: v.nullable(natural),
  answer: v.nullable(v.string()),
  /** Models in the spec's order, and arms in its order within each. */
  cells: v.array(cell),
  /** Of all answers. */
  tokens: natural,
});
export type QuestionRow = v.InferOutput<typeof questionRow>;

const stretch = v.object({ start: natural, end: natural });
/** What a filter of the list shows. The first two arms it speaks of are those of the first model's finding. */
export const filterKind = v.picklist([
  "all",
  "differ",
  "onlySecond",
  "onlyFirst",
  "bothWrong",
  "wrong",
  "unparsed",
  "cutOff",
]);
export type FilterKind = v.InferOutput<typeof filterKind>;

export const listView = v.object({
  ...listEntries(filterKind),
  /** The arms that "onlyFirst" and "onlySecond" compare: answer first and step by step, where there are such. */
  first: v.nullable(side),
  second: v.nullable(side),
});
export type ListView = v.InferOutput<typeof listView>;

const knownPoint = v.object({
  end: natural,
  /** Natural logarithms of probabilities. */
  right: v.number(),
  rival: v.nullable(v.object({ answer: v.string(), logProb: v.number() })),
});
export type KnownPointView = v.InferOutput<typeof knownPoint>;

const answer = v.object({
  sample: natural,
  seed: natural,
  text: v.string(),
  reason: v.picklist(["endToken", "stopText", "stopToken", "maxTokens", "contextFull", "grammar"]),
  tokens: natural,
  /** Thoughts of a thinking model, its tags left out. */
  thoughts: v.nullable(stretch),
  said: stretch,
  thoughtTokens: natural,
  /** Steps of the reasoning; a step's tokens are those that begin in it. What is between steps and after the last is text. */
  steps: v.array(v.object({ ...stretch.entries, tokens: natural })),
  /** What counts: a person's verdict or the grader's; null where the question has no reference. */
  verdict: v.nullable(verdict),
  /** Whether a person said so (`verdict`, `extracted`), and what the grader had said. */
  corrected: v.boolean(),
  graded: v.nullable(verdict),
  extracted: v.nullable(v.string()),
  /** Where it stands in `text`; null where it was calculated or not found. */
  place: v.nullable(stretch),
  /** The grader's rule, in words. */
  how: v.string(),
  /** Whether the answer entails the reference, and the reference the answer, as the judge said; null where none was asked. */
  judged: v.nullable(v.object(judgement)),
  /** Value of the calculation, or why it has none; null in arms without one. */
  calculated: v.nullable(v.string()),
  truncated: v.boolean(),
  /** In the order of their ends; null until asked for. */
  known: v.nullable(v.array(knownPoint)),
});
export type AnswerView = v.InferOutput<typeof answer>;

const runningAnswer = v.object(writtenEntries(answerId.entries));
export type RunningAnswer = v.InferOutput<typeof runningAnswer>;

const continuation = v.object({
  seed: natural,
  /** What follows the changed step. */
  text: v.string(),
  /** As its answer reads, and how it is graded. */
  said: v.nullable(v.string()),
  verdict: v.nullable(verdict),
});

const edit = v.object({
  ...side.entries,
  sample: natural,
  /** The step's place in the answer's text, and what was put there: empty where it was taken out. */
  start: natural,
  end: natural,
  replacement: v.string(),
  planted: v.boolean(),
  changed: v.array(continuation),
  unchanged: v.array(continuation),
  /** What most continuations answer; null where none gives an answer. */
  changedAnswer: v.nullable(v.string()),
  unchangedAnswer: v.nullable(v.string()),
  /** The answer followed the change. */
  followed: v.boolean(),
});
export type EditView = v.InferOutput<typeof edit>;

/** One question with all its answers. */
export const questionPage = v.object({
  index: natural,
  id: v.string(),
  text: v.string(),
  answer: v.nullable(v.string()),
  choices: v.array(v.string()),
  steps: v.nullable(natural),
  family: v.nullable(v.string()),
  /** As the cells of its row, with the answers themselves, by sample. */
  cells: v.array(
    v.object({
      ...cell.entries,
      samples: v.array(answer),
      /** Why it could not be asked. */
      failure: v.nullable(v.string()),
    }),
  ),
  /** Answers that are being written, as far as they are; `streamed` brings what follows. */
  running: v.array(runningAnswer),
  /** In the order they were made. */
  edits: v.array(edit),
});
export type QuestionPage = v.InferOutput<typeof questionPage>;

/** More of an answer that is being written. */
export const streamed = v.object(streamedEntries(answerId.entries));
export type Streamed = v.InferOutput<typeof streamed>;
