/** Questions and answers of a probe as the host sends them: rows in windows, and one question whole. Offsets are UTF-16. */
import * as v from "valibot";
import { rate } from "../runs/rates";
import { listEntries } from "../runs/state";
import { streamedEntries, writtenEntries } from "../runs/streams";
import { scoreName } from "./figures";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Of an answer: sampled ones count from 0, the greedy one is -1. */
const answerNumber = v.pipe(v.number(), v.integer(), v.minValue(-1));

export const group = v.picklist(["asked", "known", "invented"]);
export const verdictClass = v.picklist(["knows", "consistentlyWrong", "guesses", "saysItDoesNotKnow", "cannotTell"]);
export type VerdictClass = v.InferOutput<typeof verdictClass>;
export const confidence = v.picklist(["wellSupported", "leaning", "weak"]);

/** A question in a book: "closed", or the id of a page. */
export const cellId = v.object({ item: v.string(), book: v.string() });
export type CellId = v.InferOutput<typeof cellId>;
export const answerId = v.object({ ...cellId.entries, sample: answerNumber });
export type AnswerId = v.InferOutput<typeof answerId>;

export const itemRow = v.object({
  /** Place in the run, from 0. */
  index: natural,
  id: v.string(),
  /** The first 300 characters. */
  text: v.string(),
  entity: v.nullable(v.string()),
  group,
  /** Documents of the training that name it; null where nobody counted. */
  seen: v.nullable(natural),
  /** Null before its answers came. Controls have one too, as if they were asked about. */
  verdict: v.nullable(verdictClass),
  confidence: v.nullable(confidence),
  /** The greedy answer's first 200 characters; null before it came. */
  said: v.nullable(v.string()),
  refused: v.boolean(),
  /** Whether the greedy answer agrees with the reference; null where nobody can say. */
  right: v.nullable(v.boolean()),
  /** Bits; null before answers came. */
  entropy: v.nullable(v.number()),
  meanings: natural,
  /** Sampled answers that came, of the run's samples. */
  answers: natural,
  /** Books it is asked with besides the closed one. */
  books: natural,
  failed: v.boolean(),
});
export type ItemRow = v.InferOutput<typeof itemRow>;

export const filterKind = v.picklist([
  "all",
  "asked",
  "known",
  "invented",
  "knows",
  "consistentlyWrong",
  "guesses",
  "saysItDoesNotKnow",
  "cannotTell",
  "failed",
]);
export type FilterKind = v.InferOutput<typeof filterKind>;

export const listView = v.object({
  /** The verdicts' counts are of the person's own questions only. */
  ...listEntries(filterKind),
});
export type ListView = v.InferOutput<typeof listView>;

/** A score of the item beside its controls. */
const evidence = v.object({
  name: scoreName,
  value: v.number(),
  /** 95 %; null where there is none, and while it is being resampled. */
  interval: v.nullable(v.object({ low: v.number(), high: v.number() })),
  /** Controls that score strictly less, or strictly more, like making up. */
  aboveKnown: natural,
  aboveInvented: natural,
  belowKnown: natural,
  belowInvented: natural,
  /** On which side of the threshold it lies. */
  side: v.picklist(["known", "invented"]),
});
export type EvidenceView = v.InferOutput<typeof evidence>;

const verdict = v.object({
  verdict: verdictClass,
  confidence: v.nullable(confidence),
  decidedBy: v.nullable(scoreName),
  /** Held against a reference: without one, knowing and consistently wrong look the same. */
  checked: v.boolean(),
  /** The words to show: "Guesses", what was seen, and what that rests on; each a sentence or more, the last may be empty. */
  title: v.string(),
  seen: v.string(),
  support: v.string(),
  /** In the order of the scores, also those that do not tell controls apart (`figures.fits` says which). */
  evidence: v.array(evidence),
});

const follows = v.object({ memory: natural, page: natural, both: natural, neither: natural, noMemory: natural });

const answer = v.object({
  sample: answerNumber,
  seed: natural,
  text: v.string(),
  /** It ended at the most tokens an answer may have. */
  truncated: v.boolean(),
  tokens: natural,
  refused: v.boolean(),
  /** A person said whether it refuses. */
  refusedByHand: v.boolean(),
  /** Agrees with the reference; null where nobody can say. */
  right: v.nullable(v.boolean()),
  rightBy: v.nullable(v.picklist(["words", "judge", "person"])),
  /** Nats a token; null without log-probabilities. */
  surprisal: v.nullable(v.number()),
});
export type AnswerView = v.InferOutput<typeof answer>;

const meaning = v.object({
  /** The first words, for a label: its example without the question's own words where that leaves something. */
  label: v.string(),
  example: v.string(),
  /** Numbers of its answers, ascending. */
  answers: v.array(natural),
  refused: v.boolean(),
});
export type MeaningView = v.InferOutput<typeof meaning>;

const alternative = v.object({ text: v.string(), probability: share });

/** A name, date or number in the greedy answer. */
const mark = v.object({
  kind: v.picklist(["date", "year", "number", "name"]),
  text: v.string(),
  start: natural,
  end: natural,
  /** Its tokens: the first and the one after the last. */
  from: natural,
  to: natural,
  /** Of the whole claim; null without log-probabilities. */
  probability: v.nullable(share),
  /** Its least likely token, by index, with what else the model thought of there, likeliest first. */
  weakest: v.nullable(v.object({ token: natural, probability: share, instead: v.array(alternative) })),
});
export type MarkView = v.InferOutput<typeof mark>;

const greedy = v.object({
  ...answer.entries,
  /** Their texts join to the answer and what ended it; `text` of the answer is shorter then. */
  pieces: v.array(
    v.object({
      text: v.string(),
      /** Natural log; null without. */
      logProb: v.nullable(v.number()),
      /** The likeliest tokens there, likeliest first. */
      top: v.array(alternative),
    }),
  ),
  /** In the order they stand. */
  marks: v.array(mark),
});
export type GreedyView = v.InferOutput<typeof greedy>;

/** One question in one book. */
const cell = v.object({
  book: v.string(),
  kind: v.picklist(["closed", "open", "misleading"]),
  /** The page's name; null for the closed book. */
  page: v.nullable(v.string()),
  /** On a misleading page: what was changed into what; null where it is not known. */
  change: v.nullable(v.object({ from: v.string(), to: v.string() })),
  /** In the order of their numbers. */
  answers: v.array(answer),
  /** Null before it came. */
  greedy: v.nullable(greedy),
  /** Largest first. */
  meanings: v.array(meaning),
  /** Pairs of answers by how they came to be judged; `open` ones are still to be, and count as different until then. */
  pairs: v.object({ all: natural, byWords: natural, byJudge: natural, byHand: natural, open: v.boolean() }),
  /** Bits; null before answers came. `naive` in nats a token. */
  entropy: v.nullable(v.number()),
  interval: v.nullable(v.object({ low: v.number(), high: v.number() })),
  naive: v.nullable(v.number()),
  /** P(True), and how likely the model says either of the two; null where it was not asked. */
  truth: v.nullable(v.object({ probability: share, mass: v.number() })),
  refusals: rate,
  agreement: rate,
  /** What its answers follow: with the book closed, `memory` (they say what the greedy answer does) or `noMemory`. */
  follows,
  /** Which wins, in words of one line: "the page, 9 of 10"; empty before answers came. */
  wins: v.string(),
  /** Why it could not be asked. */
  failure: v.nullable(v.string()),
});
export type CellView = v.InferOutput<typeof cell>;

/** One question with all its answers. */
export const itemPage = v.object({
  index: natural,
  id: v.string(),
  text: v.string(),
  entity: v.nullable(v.string()),
  group,
  reference: v.nullable(v.string()),
  /** Words of which any makes an answer right. */
  accept: v.array(v.string()),
  seen: v.nullable(natural),
  /** Null before answers came. */
  verdict: v.nullable(verdict),
  /** The closed book first. */
  cells: v.array(cell),
  /** Answers that are being written, or wait for the rest of theirs, as far as they are; `streamed` brings what follows. */
  running: v.array(v.object(writtenEntries(answerId.entries))),
  /** Known controls that were asked with pages of their own, for comparing: memory against the page where there is memory. */
  beside: v.array(
    v.object({
      item: v.string(),
      name: v.string(),
      cells: v.array(
        v.object({
          kind: v.picklist(["closed", "open", "misleading"]),
          answers: natural,
          follows,
          wins: v.string(),
          /** The greedy answer's first words. */
          said: v.nullable(v.string()),
        }),
      ),
    }),
  ),
});
export type ItemPage = v.InferOutput<typeof itemPage>;

/** More of an answer that is being written. */
export const streamed = v.object(streamedEntries(answerId.entries));
export type Streamed = v.InferOutput<typeof streamed>;

const relation = v.picklist(["entailment", "neutral", "contradiction", "unclear"]);

/** Whether two answers mean the same, and who says so. */
export const judgement = v.object({
  first: natural,
  second: natural,
  same: v.boolean(),
  by: v.picklist(["words", "judge", "person", "nobody"]),
  /** What the judge said both ways; null where it was not asked. */
  judge: v.nullable(v.object({ forward: relation, backward: relation })),
});
export type JudgementView = v.InferOutput<typeof judgement>;
