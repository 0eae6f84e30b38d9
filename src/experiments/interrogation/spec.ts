import * as v from "valibot";
import { modelFacts, sampler, seed } from "../schemas";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** A stretch of a file that questions are asked about. */
export const snippet = v.object({
  /** Unique in a run. */
  id: v.string(),
  /** The file's name, for people and for the split. */
  file: v.string(),
  /** UTF-16 offsets in the file. */
  start: natural,
  end: natural,
  /** From 1. */
  line: count,
  /** The heading it stands under; empty where there is none. */
  section: v.string(),
  text: v.pipe(v.string(), v.minLength(1)),
  /** Questions that somebody wrote for it: from a file of facts. Nothing is asked of a writer then. */
  questions: v.optional(v.array(v.object({ text: v.string(), answer: v.string() }))),
});
export type Snippet = v.InferOutput<typeof snippet>;

/** A heading of a file, so that its text can be shown with nothing but the run at hand. */
const heading = v.object({
  file: v.string(),
  /** UTF-16 offset in the file. */
  start: natural,
  /** From 1. */
  line: count,
  /** The whole line: "## Film". */
  text: v.string(),
});
export type Heading = v.InferOutput<typeof heading>;

export const interrogationSpec = v.object({
  /** Id of the model that is asked. */
  probed: v.string(),
  /** Id of the model that writes the questions; null for rules (`hallucination/templateQuestion.ts`). */
  writer: v.nullable(v.string()),
  /** Id of the model that marks answers whose words do not say; null where words alone decide. */
  judge: v.nullable(v.string()),
  /** Nobody writes questions but a person, while the run is looked at. */
  byHand: v.optional(v.boolean()),
  snippets: v.pipe(v.array(snippet), v.minLength(1)),
  headings: v.optional(v.array(heading)),
  /** Most questions about a snippet. */
  questionsEach: count,
  /** Answers to each question. */
  samples: v.pipe(count, v.maxValue(100)),
  sampler,
  seed,
  maxTokens: count,
  chat: v.boolean(),
  /** Share of right answers, or of wrong informative ones, from which a question counts as consistent, over a half to 1. */
  consistent: v.pipe(v.number(), v.minValue(0.51), v.maxValue(1)),
});
export type InterrogationSpec = v.InferOutput<typeof interrogationSpec>;

/** Of an answer: right; wrong but claiming something; or saying nothing (a refusal, an empty answer). */
export const mark = v.picklist(["right", "wrong", "uninformative"]);
export type Mark = v.InferOutput<typeof mark>;

/** The files that are asked about, in order. */
export function filesOf({ snippets }: Pick<InterrogationSpec, "snippets">): string[] {
  return [...new Set(snippets.map(({ file }) => file))];
}

const question = v.string();
export const interrogationEvent = v.variant("type", [
  v.object({ type: v.literal("model"), role: v.picklist(["probed", "writer", "judge"]), model: modelFacts }),
  /** What the judge said of a pair of answers whose relation nobody doubts (`judging/judgeCheck.ts`). */
  v.object({ type: v.literal("tried"), pair: natural, said: v.picklist(["yes", "no", "unclear"]) }),
  v.object({
    type: v.literal("question"),
    /** Unique in a run: "3.1" is the first one about the snippet "3". */
    id: v.string(),
    snippet: v.string(),
    text: v.string(),
    /** What the snippet answers. */
    answer: v.string(),
    /** The sentence it is about, UTF-16 offsets in the file. */
    start: natural,
    end: natural,
    by: v.picklist(["writer", "rule", "file", "person"]),
  }),
  /** All questions about a snippet are there; `problem` says what came of the writer where a rule had to help or nothing came. */
  v.object({ type: v.literal("written"), snippet: v.string(), problem: v.optional(v.string()) }),
  v.object({
    type: v.literal("answer"),
    question,
    sample: natural,
    seed,
    text: v.string(),
    tokens: natural,
    /** It was ended by the limit of its tokens or by the context's. */
    cut: v.optional(v.boolean()),
    /**
     * The sampled tokens' texts, which join to the answer and what ended it, and their raw log-probabilities; runs saved
     * before they were recorded have neither.
     */
    pieces: v.optional(v.array(v.string())),
    logProbs: v.optional(v.array(v.nullable(v.number()))),
  }),
  /** `how`: by the words, by a refusal's pattern, or by the judge, whose reply is kept. */
  v.object({
    type: v.literal("marked"),
    question,
    sample: natural,
    mark,
    how: v.picklist(["words", "refusal", "judge", "unclearJudge"]),
    reply: v.optional(v.string()),
  }),
  v.object({ type: v.literal("failed"), question, message: v.string() }),
  /** So many answers to each question from now on. */
  v.object({ type: v.literal("extended"), samples: v.pipe(count, v.maxValue(100)) }),
  /** A person's review; null takes it back. */
  v.object({ type: v.literal("reviewed"), question, as: v.nullable(v.picklist(["accepted", "dropped"])) }),
  /** A person's own wording of a question or of its answer; what was answered to the old question no longer counts. */
  v.object({ type: v.literal("fixed"), question, text: v.string(), answer: v.string() }),
  /** A person's own mark; null takes it back. */
  v.object({ type: v.literal("corrected"), question, sample: natural, mark: v.nullable(mark) }),
  /** Takes back the last thing a person did to a question that is not taken back yet. */
  v.object({ type: v.literal("undone") }),
  v.object({ type: v.literal("ended"), reason: v.picklist(["done", "stopped"]) }),
]);
export type InterrogationEvent = v.InferOutput<typeof interrogationEvent>;
export type AnswerEvent = Extract<InterrogationEvent, { type: "answer" }>;
export type MarkedEvent = Extract<InterrogationEvent, { type: "marked" }>;
