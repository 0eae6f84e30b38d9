/** The cases of a cell: their list in pages, and one of them whole, with the tokens that tell why it fails. */
import * as v from "valibot";
import { verdict } from "../runs/state";
import { streamedEntries, writtenEntries } from "../runs/streams";
import { cellId } from "./grid";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Names an answer within a run. */
const answerId = v.object({ model: v.string(), suite: v.string(), item: v.string(), sample: natural });

/** More of an answer that is being written. */
export const streamed = v.object(streamedEntries(answerId.entries));
export type Streamed = v.InferOutput<typeof streamed>;

/** The case whose answers are shown while they come; `streamed` brings what follows. */
export const now = v.object({
  ...cellId.entries,
  item: v.string(),
  text: v.string(),
  running: v.array(v.object(writtenEntries(answerId.entries))),
});
export type NowView = v.InferOutput<typeof now>;

/** "other": not graded, not answered yet, or could not be asked. */
export const filterKind = v.picklist(["all", "wrong", "right", "other"]);
export type FilterKind = v.InferOutput<typeof filterKind>;

/** Rows of a page of the list. */
export const pageRows = 100;

const caseRow = v.object({
  id: v.string(),
  /** From 1, in its way of asking. */
  number: natural,
  text: v.string(),
  reference: v.nullable(v.string()),
  /** The first answer; null before it. */
  said: v.nullable(v.string()),
  /** Of the first answer, a person's own before the check's; null where neither says. */
  verdict: v.nullable(verdict),
  /** Right answers of all graded ones, where there are several. */
  right: natural,
  graded: natural,
});
export type CaseRow = v.InferOutput<typeof caseRow>;

const answer = v.object({
  sample: natural,
  seed: natural,
  text: v.string(),
  tokens: v.array(v.string()),
  /** Natural; null where the model gave none. */
  logProbs: v.array(v.nullable(v.number())),
  /** Why it ended: "maxTokens" is cut off. */
  reason: v.string(),
  verdict: v.nullable(verdict),
  /** What the check says, whatever a person says. */
  checked: v.nullable(verdict),
  corrected: v.boolean(),
  /** What was read as the answer, where the check reads one. */
  extracted: v.nullable(v.string()),
});
export type SuiteAnswerView = v.InferOutput<typeof answer>;

const caseView = v.object({
  id: v.string(),
  /** Place in the filtered list, from 0; null when the filter leaves it out. */
  place: v.nullable(natural),
  kind: v.picklist(["chat", "document"]),
  system: v.nullable(v.string()),
  text: v.string(),
  reference: v.nullable(v.string()),
  /** How answers are held against the reference, in words. */
  check: v.string(),
  /** The prompt as the model was given it; null before the first answer, and where the model does not tell. */
  prompt: v.nullable(v.array(v.string())),
  /** Parts of the text whose tokens tell why it is hard. */
  subjects: v.array(v.object({ subject: v.string(), tokens: v.array(v.string()) })),
  answers: v.array(answer),
  /** Why it could not be asked. */
  failure: v.nullable(v.string()),
  /** The same case of the run's other models: their first answers. */
  others: v.array(
    v.object({ model: v.string(), said: v.nullable(v.string()), verdict: v.nullable(verdict), tokens: natural }),
  ),
});
export type CaseView = v.InferOutput<typeof caseView>;

export const cellPage = v.object({
  ...cellId.entries,
  filter: filterKind,
  counts: v.object({ all: natural, wrong: natural, right: natural, other: natural }),
  /** Rows of the filtered list: `rows` are those from `from` on, `pageRows` at most. */
  total: natural,
  from: natural,
  rows: v.array(caseRow),
  open: v.nullable(caseView),
});
export type CellPage = v.InferOutput<typeof cellPage>;
