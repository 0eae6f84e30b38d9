import { writingDocument } from "../../export/document";
import type { Written } from "../../export/runExports";
import type { TextParts } from "../../export/textParts";
import type { Rate } from "../../statistics/rate";
import { edgeOf, edgeWords } from "../finding";
import { suiteName } from "../names";
import { makingGrid, type SuitesReport } from "../report";
import { answerRows } from "./answers";

/**
 * A run as one JSON document: spec, models, findings, grid, a row for each answer. Rates of no trials are null. Yields now
 * and then, for `inSlices`.
 */
export function* writingJson(report: SuitesReport, { created, by }: Written): Generator<void, TextParts> {
  const { spec, models, failures, ended } = report;
  const cells = yield* makingGrid(report);
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
    ...{ spec, failures },
  };
  return yield* writingDocument(document, answerRows(report));
}

function rateOf({ rate, ...rest }: Rate): object {
  return { ...rest, rate: Number.isNaN(rate) ? null : rate };
}
