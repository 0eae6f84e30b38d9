import { drained } from "../../drained";
import { Pieces } from "../../export/pieces";
import { findingOf } from "../finding";
import { findingWords } from "../findingWords";
import type { ReasoningReport } from "../report";
import { summarising } from "../summary";
import { answerRows } from "./answers";

/** When and by what a run was written. */
export interface Written {
  /** ISO 8601. */
  readonly created: string;
  /** Program and version. */
  readonly by: string;
}

/**
 * A run with its figures as one JSON document: spec, models, findings, figures, a row for each answer, curves and changed
 * steps. Rates of no trials and unbounded numbers are null.
 */
export function runJson(report: ReasoningReport, written: Written): string {
  return drained(writingJson(report, written));
}

/** As `runJson`. Yields now and then, for `inSlices`. */
export function* writingJson(report: ReasoningReport, { created, by }: Written): Generator<void, string> {
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
  const answers = new Pieces(",\n");
  for (const row of answerRows(report)) {
    answers.add(`    ${JSON.stringify(row)}`);
    yield;
  }
  const rest = { created, by, ended: ended ?? null, models, findings, summary, spec, known, edits, failures };
  const text = JSON.stringify(rest, undefined, 2);
  // The answers are written one by one: all at once would hold up whoever waits.
  return `${text.slice(0, text.lastIndexOf("\n"))},\n  "answers": [\n${answers.whole()}\n  ]\n}\n`;
}

/** The spec as a file that `promptscope run` takes: it asks the same again. */
export function specFile({ spec }: Pick<ReasoningReport, "spec">): string {
  const { models, source: _, ...rest } = spec;
  const model = models.length === 1 ? models[0] : models;
  return `${JSON.stringify({ experiment: "reasoning", model, ...rest }, undefined, 2)}\n`;
}
