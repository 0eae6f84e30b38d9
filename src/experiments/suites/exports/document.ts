import type { Rate } from "../../statistics/rate";
import { edgeOf, edgeWords } from "../finding";
import { suiteName } from "../names";
import { gridOf, type SuitesReport } from "../report";
import { answerRows } from "./answers";

/** When and by what a run was written. */
export interface Written {
  /** ISO 8601. */
  readonly created: string;
  /** Program and version. */
  readonly by: string;
}

/** A run as one JSON document: spec, models, findings, grid, a row for each answer. Rates of no trials are null. */
export function runJson(report: SuitesReport, { created, by }: Written): string {
  const { spec, models, failures, ended } = report;
  const cells = gridOf(report);
  const document = {
    ...{ created, by, ended: ended ?? null, models },
    findings: spec.models.map((model) => {
      const { key, rest } = edgeWords(
        cells.filter((cell) => cell.model === model),
        report,
      );
      return { model, words: `${key} ${rest}` };
    }),
    grid: cells.map((cell) => ({
      suite: suiteName(spec.suites.find(({ id }) => id === cell.suite)!),
      way: cell.variant,
      model: cell.model,
      cases: cell.items.length,
      right: rateOf(cell.right),
      edge: edgeOf(cell),
    })),
    ...{ spec, failures, answers: answerRows(report) },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function rateOf({ rate, ...rest }: Rate): object {
  return { ...rest, rate: Number.isNaN(rate) ? null : rate };
}
