import { writingTable } from "../../export/csv";
import type { TextParts } from "../../export/textParts";
import { tokenCount } from "../../tokenCount";
import { type Answer, extractedOf, gradedVerdict, type ReasoningReport, verdictOf } from "../report";
import { sampleKey } from "../spec";

/** One answer with its question and verdict, as tables and other programs want it. */
export interface AnswerRow {
  readonly model: string;
  readonly arm: string;
  readonly armName: string;
  readonly question: string;
  readonly questionText: string;
  readonly family: string | undefined;
  readonly steps: number | undefined;
  readonly reference: string | undefined;
  readonly sample: number;
  readonly seed: number;
  /** What counts: a person's, or the grader's. */
  readonly verdict: string | undefined;
  readonly graderVerdict: string | undefined;
  readonly corrected: boolean;
  readonly extracted: string | undefined;
  /** The rule that found it, in words. */
  readonly extractedBy: string | undefined;
  /** What the calculation gave, in the arm that writes one. */
  readonly calculated: string | undefined;
  readonly stopReason: string;
  readonly truncated: boolean;
  readonly tokens: number;
  readonly thoughtTokens: number;
  /** Sum over the sampled tokens, nats; undefined where the model gives none. */
  readonly logProb: number | undefined;
  readonly text: string;
}

/** All answers, in the order they came, as they are asked for. */
export function* answerRows(report: ReasoningReport): Generator<AnswerRow, void> {
  const names = new Map(report.spec.arms.map(({ id, name }) => [id, name]));
  for (const answer of report.answers) {
    const question = report.questions.get(answer.question);
    yield {
      model: answer.model,
      arm: answer.arm,
      armName: names.get(answer.arm) ?? answer.arm,
      question: answer.question,
      questionText: question?.text ?? "",
      family: question?.family,
      steps: question?.steps,
      reference: question?.answer,
      sample: answer.sample,
      seed: answer.seed,
      verdict: verdictOf(report, answer),
      graderVerdict: gradedVerdict(report, answer),
      corrected: report.corrections.has(sampleKey(answer)),
      extracted: extractedOf(report, answer),
      extractedBy: report.extractions.has(sampleKey(answer)) ? "by hand" : answer.graded?.how,
      calculated: answer.calculated,
      stopReason: answer.reason,
      truncated: answer.truncated,
      tokens: tokenCount(answer),
      thoughtTokens: answer.thoughtTokens,
      logProb: logProbOf(answer),
      text: answer.text,
    };
  }
}

function logProbOf({ logProbs }: Answer): number | undefined {
  let sum = 0;
  for (const logProb of logProbs) {
    if (logProb === null) return undefined;
    sum += logProb;
  }
  return logProbs.length > 0 ? sum : undefined;
}

const columns = [
  "model",
  "arm",
  "armName",
  "question",
  "questionText",
  "family",
  "steps",
  "reference",
  "sample",
  "seed",
  "verdict",
  "graderVerdict",
  "corrected",
  "extracted",
  "extractedBy",
  "calculated",
  "stopReason",
  "truncated",
  "tokens",
  "thoughtTokens",
  "logProb",
  "text",
] as const satisfies readonly (keyof AnswerRow)[];

/** A row for each answer (RFC 4180), with a line of heads. Yields now and then, for `inSlices`. */
export function* writingCsv(report: ReasoningReport): Generator<void, TextParts> {
  return yield* writingTable(columns, answerRows(report));
}
