import { drained } from "../../drained";
import { markdownTable } from "../../export/markdown";
import { figuringBySet } from "../bySet";
import type { ReasoningReport } from "../report";
import { count, pointsWords, pWords, rated } from "../words";

/**
 * A model's right answers by family and difficulty, a row each, as a Markdown table: every arm with its interval, and the
 * step-by-step arm (or else the second) against the first. Undefined with fewer than two sets.
 */
export function setsTable(report: ReasoningReport, model: string): string | undefined {
  return drained(writingSetsTable(report, model));
}

/** As `setsTable`. Yields now and then, for `inSlices`. */
export function* writingSetsTable(report: ReasoningReport, model: string): Generator<void, string | undefined> {
  const sets = yield* figuringBySet(report, model);
  if (sets.length < 2) return undefined;
  const { arms } = report.spec;
  const compared = arms.slice(1).find(({ kind }) => kind === "steps") ?? arms[1];
  const heads = [
    "problems",
    "steps",
    "questions",
    ...arms.map(({ name }) => name.toLowerCase()),
    ...(compared ? ["difference", "exact McNemar"] : []),
  ];
  const rows = sets.map(({ family, steps, questions, arms: figures }) => {
    const against = figures.find(({ arm }) => arm === compared?.id)?.against;
    return [
      family,
      steps === undefined ? "" : String(steps),
      count(questions),
      ...figures.map(({ accuracy }) => rated(accuracy)),
      ...(compared ? [against ? pointsWords(against.difference) : "", against ? pWords(against.p) : ""] : []),
    ];
  });
  return markdownTable(heads, rows);
}

/** By family and difficulty, a table for each model; undefined where none has two sets. Yields now and then, for `inSlices`. */
export function* writingSetsTables(report: ReasoningReport): Generator<void, string | undefined> {
  const { models } = report.spec;
  const found: string[] = [];
  for (const model of models) {
    const table = yield* writingSetsTable(report, model);
    if (table !== undefined) found.push(models.length > 1 ? `${model}\n\n${table}` : table);
  }
  return found.length > 0 ? found.join("\n") : undefined;
}
