import { writingTable } from "../../export/csv";
import type { TextParts } from "../../export/textParts";
import { tokenCount } from "../../tokenCount";
import { type ReadAnswer, type Reading, readCell } from "../reading";
import type { HallucinationReport } from "../report";
import { meanSurprisal } from "../scores";
import { closedBook, greedyAnswer, type HallucinationSpec } from "../spec";

/** One answer with its question and what was read of it, as tables and other programs want it. */
export interface AnswerRow {
  readonly item: string;
  readonly question: string;
  readonly group: string;
  readonly entity: string | undefined;
  /** Documents of the training that name it, where that was counted. */
  readonly seen: number | undefined;
  readonly reference: string | undefined;
  readonly book: "closed" | "open" | "misleading";
  readonly page: string | undefined;
  /** "greedy", or the sample's number from 0. */
  readonly sample: string;
  readonly seed: number;
  /** Of its meaning among the sampled answers, from 1 for the largest; undefined of the greedy one. */
  readonly meaning: number | undefined;
  readonly refused: boolean;
  readonly right: boolean | undefined;
  readonly corrected: boolean;
  readonly stopReason: string;
  readonly tokens: number;
  /** Mean over its tokens, nats a token. */
  readonly surprisal: number | undefined;
  readonly text: string;
}

/** All answers: item by item, book by book, the greedy one last. */
export function* answerRows(report: HallucinationReport): Generator<AnswerRow> {
  for (const cell of report.cells.values()) {
    const reading = readCell(cell);
    const greedy = reading.greedy ? [reading.greedy] : [];
    for (const answer of [...reading.answers, ...greedy]) yield answerRow(report.spec, reading, answer);
  }
}

function answerRow(spec: HallucinationSpec, { cell, clusters }: Reading, answer: ReadAnswer): AnswerRow {
  const { of, book, rightMarks, refusalMarks } = cell;
  const { event, refused, right } = answer;
  const page = spec.pages.find(({ id }) => id === book);
  const meaning = clusters.findIndex(({ answers }) => answers.includes(event.sample));
  return {
    item: of.id,
    question: of.text,
    group: of.group,
    entity: of.entity,
    seen: of.seen,
    reference: of.reference,
    book: book === closedBook ? "closed" : (page?.kind ?? "open"),
    page: page?.name,
    sample: event.sample === greedyAnswer ? "greedy" : String(event.sample),
    seed: event.seed,
    meaning: meaning < 0 ? undefined : meaning + 1,
    refused,
    right,
    corrected: rightMarks.has(event.sample) || refusalMarks.has(event.sample),
    stopReason: event.reason,
    tokens: tokenCount(event),
    surprisal: meanSurprisal(event),
    text: event.text,
  };
}

const columns = [
  "item",
  "question",
  "group",
  "entity",
  "seen",
  "reference",
  "book",
  "page",
  "sample",
  "seed",
  "meaning",
  "refused",
  "right",
  "corrected",
  "stopReason",
  "tokens",
  "surprisal",
  "text",
] as const satisfies readonly (keyof AnswerRow)[];

/** A row for each answer (RFC 4180), with a line of heads. Yields now and then, for `inSlices`. */
export function* writingCsv(report: HallucinationReport): Generator<void, TextParts> {
  return yield* writingTable(columns, answerRows(report));
}
