import { writingDocument } from "../../export/document";
import type { Written } from "../../export/runExports";
import type { TextParts } from "../../export/textParts";
import { findingOf } from "../finding";
import { findingWords } from "../findingWords";
import type { ReasoningReport } from "../report";
import { summarising } from "../summary";
import { answerRows } from "./answers";

/**
 * A run with its figures as one JSON document: spec, models, findings, figures, a row for each answer, curves and changed
 * steps. Rates of no trials and unbounded numbers are null. Yields now and then, for `inSlices`.
 */
export function* writingJson(report: ReasoningReport, { created, by }: Written): Generator<void, TextParts> {
  const summary = yield* summarising(report);
  const findings = report.spec.models.map((model) => {
    const finding = findingOf(report, summary, model);
    const { key, rest } = findingWords(finding, report.spec);
    return { model, kind: finding.kind, words: `${key} ${rest}` };
  });
  const known = [...report.known].map(([key, points]) => {
    const [model, question, arm, sample] = JSON.parse(key) as [string, string, string, number];
    return { model, question, arm, sample, points };
  });
  const { spec, models, edits, failures, ended } = report;
  const rest = { created, by, ended: ended ?? null, models, findings, summary, spec, known, edits, failures };
  return yield* writingDocument(rest, answerRows(report));
}

/** The spec as a file that `promptscope run` takes: it asks the same again. */
export function specFile({ spec }: Pick<ReasoningReport, "spec">): string {
  const { models, source: _, ...rest } = spec;
  const model = models.length === 1 ? models[0] : models;
  return `${JSON.stringify({ experiment: "reasoning", model, ...rest }, undefined, 2)}\n`;
}
