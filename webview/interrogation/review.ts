/** The review as the host sends it: rows in windows, one question whole, and a file's text with its heat. Offsets are UTF-16. */
import * as v from "valibot";
import { mark } from "../../src/experiments/interrogation/spec";
import { rate } from "../runs/rates";
import { listEntries } from "../runs/state";
import { streamedEntries, writtenEntries } from "../runs/streams";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Names an answer within a run. */
export const answerId = v.object({ question: v.string(), sample: natural });
export type AnswerId = v.InferOutput<typeof answerId>;

/** More of an answer that is being written. */
export const streamed = v.object(streamedEntries(answerId.entries));
export type Streamed = v.InferOutput<typeof streamed>;

/** What becomes of a question in the data set: “keep the answer”, “teach “I don’t know””, “leave out”. */
export const decision = v.picklist(["keep", "refuse", "leaveOut"]);
export type DecisionKind = v.InferOutput<typeof decision>;

const decided = v.object({
  decision,
  reason: v.picklist(["right", "wrong", "mixed", "alreadySilent", "notAnswered"]),
});

/** What the person did; null where nobody looked at it. Dropped ones are in no figure and in no export. */
const reviewed = v.nullable(v.picklist(["accepted", "dropped"]));

const about = {
  id: v.string(),
  /** Place among all questions, in the order of the text, from 1. */
  number: count,
  file: v.string(),
  /** Of the sentence it is about, from 1. */
  line: count,
  /** The heading it stands under; empty where there is none. */
  section: v.string(),
  by: v.picklist(["writer", "rule", "file", "person"]),
  /** A person changed its wording or its answer. */
  fixed: v.boolean(),
  reviewed,
  ...decided.entries,
};

export const reviewRow = v.object({
  ...about,
  /** The first 300 characters of each. */
  text: v.string(),
  answer: v.string(),
  /** By sample; null: not answered or not marked yet. */
  marks: v.array(v.object({ mark: v.nullable(mark), byHand: v.boolean() })),
  /** It begins a section (or a file) in the list as it is filtered: a heading stands above it. */
  first: v.boolean(),
  /** It could not be asked. */
  failed: v.boolean(),
});
export type ReviewRow = v.InferOutput<typeof reviewRow>;

export const filterKind = v.picklist(["all", "toReview", "refuse", "keep", "leaveOut", "fixed", "dropped"]);
export type FilterKind = v.InferOutput<typeof filterKind>;

export const listView = v.object({
  /** Counts of "fixed": wording, answer or a mark by hand. The text is held by question, answer or section. */
  ...listEntries(filterKind),
  /** More than one file: headings name it too. */
  manyFiles: v.boolean(),
});
export type ListView = v.InferOutput<typeof listView>;

const answer = v.object({
  sample: natural,
  seed: natural,
  text: v.string(),
  /** How many. */
  tokens: natural,
  /** What counts: a person's mark before the machine's; null before it was marked. "uninformative" says nothing. */
  mark: v.nullable(mark),
  /** What the machine had said, by its words, as a refusal, or by the judge, whose reply is shown; null before that. */
  marked: v.nullable(
    v.object({
      mark,
      how: v.picklist(["words", "refusal", "judge", "unclearJudge"]),
      reply: v.nullable(v.string()),
    }),
  ),
  byHand: v.boolean(),
  /** It was ended by a limit. */
  cut: v.boolean(),
  /** Mean over its tokens, nats a token; null where its run or its model gave no log-probabilities. */
  surprisal: v.nullable(v.number()),
});
export type AnswerView = v.InferOutput<typeof answer>;

/** One question with all that came of it. */
export const questionPage = v.object({
  ...about,
  text: v.string(),
  /** What the file says. */
  answer: v.string(),
  /** The sentence it is about. */
  start: natural,
  end: natural,
  snippet: v.object({ start: natural, end: natural, text: v.string() }),
  answers: v.array(answer),
  /** Answers that are being written or wait for their marks, as far as they are; `streamed` brings what follows. */
  running: v.array(v.object(writtenEntries(answerId.entries))),
  /** Answers there are to be. */
  samples: count,
  /** The example it becomes: what user and assistant say; null where it is left out. */
  becomes: v.nullable(v.object({ user: v.string(), assistant: v.string() })),
  /** Its earlier wording, newest first, with what it was answered. */
  before: v.array(v.object({ text: v.string(), answer: v.string() })),
  /** Why it could not be asked. */
  failure: v.nullable(v.string()),
});
export type QuestionPage = v.InferOutput<typeof questionPage>;

/**
 * A file's text, as the run holds it, character for character where questions were asked and at headings; what is between
 * is blank, so that offsets and lines are the file's own. Changes only with the file that is shown. For `heatLines`.
 */
export const documentView = v.object({
  file: v.string(),
  text: v.string(),
  /** Lines that are headings, from 1. */
  headings: v.array(count),
});
export type DocumentView = v.InferOutput<typeof documentView>;

/** All files of the run, in order, with what is known of each. */
export const filesView = v.array(v.object({ name: v.string(), questions: natural, right: rate }));
export type FilesView = v.InferOutput<typeof filesView>;

/** What is known of the sentences that questions were asked about, in the document that is shown. */
export const heatView = v.array(
  v.object({
    start: natural,
    end: natural,
    /** From 1. */
    line: count,
    /** Right answers of those that were marked, closed book: `successes` of `trials`. */
    right: rate,
    questions: natural,
    /** The first question about it, to open. */
    first: v.string(),
  }),
);
export type HeatView = v.InferOutput<typeof heatView>;
