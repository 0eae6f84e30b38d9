import { calibrate } from "../calibration";
import type { HallucinationReport } from "../report";
import { isCalibration } from "../spec";
import { verdictWords } from "../verdictWords";
import { answerRows } from "./answers";
import { booksOf, findingsOf } from "./findings";

/** When and by what a run was written. */
export interface Written {
  /** ISO 8601. */
  readonly created: string;
  /** Program and version. */
  readonly by: string;
}

/**
 * A probe as one JSON document: spec, models, a verdict with its evidence for each question, what the controls say of each
 * score, a row for each answer. A calibration has its tables.
 */
export function probeJson(report: HallucinationReport, { created, by }: Written): string {
  const { fits, own } = findingsOf(report);
  const { spec, models, ended } = report;
  const findings = own.map((finding) => {
    const { reading, verdict, interval } = finding;
    const { cell, scores, clusters } = reading;
    return {
      item: cell.item,
      question: cell.of.text,
      words: verdictWords(verdict, reading, interval),
      verdict: {
        ...verdict,
        evidence: verdict.evidence.map(({ fit: { name }, ...rest }) => ({ score: name, ...rest })),
      },
      ...{ scores, interval, meanings: clusters },
      books: booksOf(report, finding).map(({ kind, page, counts }) => ({ kind, page, counts })),
    };
  });
  const document = {
    ...{ created, by, ended: ended ?? null, models, findings, controls: fits },
    ...(isCalibration(spec) && { calibration: calibrate(report) }),
    ...{ spec, answers: answerRows(report) },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The spec as a file: it asks the same again. */
export function specFile({ spec }: Pick<HallucinationReport, "spec">): string {
  return `${JSON.stringify({ experiment: "hallucination", ...spec }, undefined, 2)}\n`;
}
