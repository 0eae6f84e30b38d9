import { type Cell, writingTable } from "../../export/csv";
import type { TextParts } from "../../export/textParts";
import { tokenCount } from "../../tokenCount";
import { suiteName } from "../names";
import { rightOf, type SuitesReport } from "../report";
import { answerKey } from "../spec";

const columns = [
  "model",
  "suite",
  "way",
  "case",
  "kind",
  "system",
  "text",
  "reference",
  "check",
  "sample",
  "seed",
  "verdict",
  "checkVerdict",
  "byHand",
  "stopReason",
  "tokens",
  "logProb",
  "answer",
] as const;
type Row = Readonly<Record<(typeof columns)[number], Cell>>;

/** All answers with what was asked and what came of it, in the order they came. */
export function* answerRows(report: SuitesReport): Generator<Row> {
  const suites = new Map(
    report.spec.suites.map((suite) => [
      suite.id,
      { name: suiteName(suite), items: new Map(suite.items.map((item) => [item.id, item])) },
    ]),
  );
  for (const answer of report.answers.values()) {
    const suite = suites.get(answer.suite);
    const item = suite?.items.get(answer.item);
    const right = rightOf(report, answer);
    yield {
      model: answer.model,
      suite: suite?.name,
      way: item?.variant,
      case: answer.item,
      kind: item?.kind,
      system: item?.system,
      text: item?.text,
      reference: item?.reference,
      check: item?.check,
      sample: answer.sample,
      seed: answer.seed,
      verdict: right === undefined ? undefined : right ? "right" : (wrongVerdict(answer.graded?.verdict) ?? "wrong"),
      checkVerdict: answer.graded?.verdict,
      byHand: report.corrections.has(answerKey(answer)),
      stopReason: answer.reason,
      tokens: tokenCount(answer),
      logProb: sumOf(answer.logProbs),
      answer: answer.text,
    };
  }
}

/** A row for each answer (RFC 4180), with a line of heads. Yields now and then, for `inSlices`. */
export function* writingCsv(report: SuitesReport): Generator<void, TextParts> {
  return yield* writingTable(columns, answerRows(report));
}

function wrongVerdict(verdict: string | undefined): string | undefined {
  return verdict === "right" ? undefined : verdict;
}

/** Undefined where a token's is not known. */
function sumOf(logProbs: readonly (number | null)[]): number | undefined {
  let sum = 0;
  for (const logProb of logProbs) {
    if (logProb === null) return undefined;
    sum += logProb;
  }
  return logProbs.length > 0 ? sum : undefined;
}
