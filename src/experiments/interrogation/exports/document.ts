import { writingDocument } from "../../export/document";
import type { Written } from "../../export/runExports";
import type { TextParts } from "../../export/textParts";
import { findingFigures, findingOf } from "../findingWords";
import { type InterrogationReport, judgeOf } from "../report";
import { filesOf } from "../spec";
import { type PartSummary, summarising } from "../summary";
import { answerRows } from "./answers";

/**
 * An interrogation as one JSON document: spec, models, finding, figures by section, a row for each answer. Rates of no
 * trials are null. Yields now and then, for `inSlices`.
 */
export function* writingJson(report: InterrogationReport, { created, by }: Written): Generator<void, TextParts> {
  const summary = yield* summarising(report);
  const { spec, models, ended } = report;
  const { key, rest } = findingOf(findingFigures(report, summary), filesOf(spec).length);
  const head = {
    ...{ created, by, ended: ended ?? null, models },
    finding: `${key} ${rest}`.trim(),
    judge: judgeOf(report),
    ...{ whole: partOf(summary.whole), sections: summary.sections.map(partOf) },
    failures: [...report.questions].flatMap(({ id, failure }) =>
      failure === undefined ? [] : [{ question: id, message: failure }],
    ),
    spec,
  };
  return yield* writingDocument(head, answerRows(report));
}

function partOf({ right, ...rest }: PartSummary): object {
  return { ...rest, right: { ...right, rate: Number.isNaN(right.rate) ? null : right.rate } };
}
