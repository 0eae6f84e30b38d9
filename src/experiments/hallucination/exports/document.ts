import { writingDocument } from "../../export/document";
import type { Written } from "../../export/runExports";
import type { TextParts } from "../../export/textParts";
import { calibratingReadings } from "../calibration";
import type { HallucinationReport } from "../report";
import { isCalibration } from "../spec";
import { verdictWords } from "../verdictWords";
import { answerRows } from "./answers";
import { booksOf, type Finding, finding } from "./findings";

/**
 * A probe as one JSON document: spec, models, a verdict with its evidence for each question, what the controls say of each
 * score, a row for each answer. A calibration has its tables. Yields now and then, for `inSlices`.
 */
export function* writingJson(report: HallucinationReport, { created, by }: Written): Generator<void, TextParts> {
  const { fits, own, readings } = yield* finding(report);
  const { spec, models, ended } = report;
  const findings = own.map((each) => findingDocument(report, each));
  const calibration = isCalibration(spec) ? yield* calibratingReadings(readings) : undefined;
  const rest = { created, by, ended: ended ?? null, models, findings, controls: fits, calibration, spec };
  return yield* writingDocument(rest, answerRows(report));
}

function findingDocument(report: HallucinationReport, found: Finding): object {
  const { reading, verdict, interval } = found;
  const { cell, scores, clusters } = reading;
  return {
    item: cell.item,
    question: cell.of.text,
    words: verdictWords(verdict, reading, interval),
    verdict: { ...verdict, evidence: verdict.evidence.map(({ fit: { name }, ...rest }) => ({ score: name, ...rest })) },
    ...{ scores, interval, meanings: clusters },
    books: booksOf(report, found).map(({ kind, page, counts }) => ({ kind, page, counts })),
  };
}

/** The spec as a file: it asks the same again. */
export function specFile({ spec }: Pick<HallucinationReport, "spec">): string {
  return `${JSON.stringify({ experiment: "hallucination", ...spec }, undefined, 2)}\n`;
}
