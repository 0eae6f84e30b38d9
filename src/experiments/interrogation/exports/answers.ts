import { writingTable } from "../../export/csv";
import type { TextParts } from "../../export/textParts";
import { type Asked, type Decision, decide, type InterrogationReport, markOf } from "../report";
import type { AnswerEvent, Mark, MarkedEvent } from "../spec";
import { lineOf } from "../summary";
import { surprisalOf } from "../surprisal";

/** One answer with its question and what was made of both, as tables and other programs want it. */
export interface AnswerRow {
  readonly question: string;
  readonly file: string;
  readonly section: string;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** What the file says. */
  readonly reference: string;
  readonly by: Asked["by"];
  readonly fixed: boolean;
  readonly reviewed: Asked["reviewed"];
  readonly decision: Decision["decision"];
  readonly sample: number;
  readonly seed: number;
  /** A person's mark before the machine's. */
  readonly mark: Mark | undefined;
  readonly markedBy: MarkedEvent["how"] | "person" | undefined;
  /** It was ended by a limit. */
  readonly cut: boolean;
  readonly tokens: number;
  /** Mean over its tokens, nats a token. */
  readonly surprisal: number | undefined;
  readonly answer: string;
}

/** All answers to the questions as they stand now, question by question. */
export function* answerRows(report: InterrogationReport): Generator<AnswerRow> {
  for (const asked of report.questions) {
    const { decision } = decide(report.spec, asked);
    const answers = [...asked.answers.values()].sort((a, b) => a.sample - b.sample);
    for (const answer of answers) yield answerRow(asked, answer, decision);
  }
}

function answerRow(asked: Asked, event: AnswerEvent, decision: Decision["decision"]): AnswerRow {
  const { snippet, marks, corrections } = asked;
  const { sample, seed, tokens, cut = false, text } = event;
  return {
    question: asked.id,
    file: snippet.file,
    section: snippet.section,
    line: lineOf(asked),
    text: asked.text,
    reference: asked.answer,
    by: asked.by,
    fixed: asked.fixed,
    reviewed: asked.reviewed,
    decision,
    ...{ sample, seed },
    mark: markOf(asked, sample),
    markedBy: corrections.has(sample) ? "person" : marks.get(sample)?.how,
    ...{ cut, tokens },
    surprisal: surprisalOf(event),
    answer: text,
  };
}

const columns = [
  "question",
  "file",
  "section",
  "line",
  "text",
  "reference",
  "by",
  "fixed",
  "reviewed",
  "decision",
  "sample",
  "seed",
  "mark",
  "markedBy",
  "cut",
  "tokens",
  "surprisal",
  "answer",
] as const satisfies readonly (keyof AnswerRow)[];

/** A row for each answer (RFC 4180), with a line of heads. Yields now and then, for `inSlices`. */
export function* writingCsv(report: InterrogationReport): Generator<void, TextParts> {
  return yield* writingTable(columns, answerRows(report));
}
