import { drained } from "../drained";
import type { Grade } from "../graders/grade";
import { GrowingMap } from "../growingMap";
import { clusteredRate, type Rate } from "../statistics/rate";
import { checkAnswer } from "./check";
import { answerKey, type SuiteAnswerEvent, type SuitesEvent, type SuitesSpec } from "./spec";
import type { Suite, SuiteItem } from "./suite";

/** An answer with its grade. */
export interface SuiteAnswer extends SuiteAnswerEvent {
  /** Undefined where the item has no reference. */
  readonly graded: Grade | undefined;
}

export interface SuitesReport {
  readonly spec: SuitesSpec;
  readonly models: readonly Extract<SuitesEvent, { type: "model" }>["model"][];
  /** By `answerKey`. */
  readonly answers: GrowingMap<string, SuiteAnswer>;
  readonly corrections: ReadonlyMap<string, boolean>;
  readonly failures: readonly Extract<SuitesEvent, { type: "failed" }>[];
  readonly ended: "done" | "stopped" | undefined;
}

export function startReport(spec: SuitesSpec): SuitesReport {
  return {
    spec,
    models: [],
    answers: GrowingMap.empty(),
    corrections: new Map(),
    failures: [],
    ended: undefined,
  };
}

/** The report after one more event; the given one stays as it is. Answers to items that the spec does not have are passed over. */
export function addEvent(report: SuitesReport, event: SuitesEvent): SuitesReport {
  switch (event.type) {
    case "model":
      return { ...report, models: [...report.models, event.model] };
    case "answer": {
      const item = itemOf(report.spec, event.suite, event.item);
      if (!item) return report;
      const answer = { ...event, graded: checkAnswer(event.text, item) };
      return { ...report, answers: report.answers.with(answerKey(event), answer), ended: undefined };
    }
    case "failed":
      return { ...report, failures: [...report.failures, event] };
    case "corrected": {
      const corrections = new Map(report.corrections);
      if (event.right === null) corrections.delete(answerKey(event));
      else corrections.set(answerKey(event), event.right);
      return { ...report, corrections };
    }
    case "ended":
      return { ...report, ended: event.reason };
  }
}

function itemOf({ suites }: SuitesSpec, suite: string, item: string): SuiteItem | undefined {
  return suites.find(({ id }) => id === suite)?.items.find(({ id }) => id === item);
}

/** A cell of the grid: a suite asked one way of one model. */
export interface SuiteCell {
  readonly suite: string;
  readonly variant: string;
  readonly model: string;
  /** Of all graded answers, with items as the unit. */
  readonly right: Rate;
  /** In the order of the suite. */
  readonly items: readonly {
    readonly item: SuiteItem;
    readonly answers: readonly SuiteAnswer[];
    readonly share: number | undefined;
  }[];
}

/** The grid of suites and their variants by models: a pure function of the report. */
export function gridOf(report: SuitesReport): SuiteCell[] {
  return drained(makingGrid(report));
}

/** The same, with a pause after each cell. */
export function* makingGrid(report: SuitesReport): Generator<void, SuiteCell[]> {
  const cells: SuiteCell[] = [];
  for (const suite of report.spec.suites) {
    for (const variant of variantsOf(suite)) {
      for (const model of report.spec.models) {
        cells.push(cellOf(report, suite, variant, model));
        yield;
      }
    }
  }
  return cells;
}

/** The ways in which a suite is asked, in its order. */
export function variantsOf({ items }: Suite): string[] {
  return [...new Set(items.map(({ variant }) => variant))];
}

/** One cell of the grid. */
export function cellOf(report: SuitesReport, suite: Suite, variant: string, model: string): SuiteCell {
  const { samples } = report.spec;
  const found = suite.items
    .filter((item) => item.variant === variant)
    .map((item) => {
      const keys = Array.from({ length: samples }, (_, sample) =>
        answerKey({ model, suite: suite.id, item: item.id, sample }),
      );
      const answers = keys.flatMap((key) => report.answers.get(key) ?? []);
      const verdicts = answers.flatMap((answer) => rightOf(report, answer) ?? []);
      return { item, answers, successes: verdicts.filter(Boolean).length, trials: verdicts.length };
    });
  return {
    suite: suite.id,
    variant,
    model,
    right: clusteredRate(found),
    items: found.map(({ item, answers, successes, trials }) => ({
      item,
      answers,
      share: trials > 0 ? successes / trials : undefined,
    })),
  };
}

/** Whether an answer is right: by a person, or by its check; undefined where neither says. */
export function rightOf({ corrections }: SuitesReport, answer: SuiteAnswer): boolean | undefined {
  return corrections.get(answerKey(answer)) ?? (answer.graded && answer.graded.verdict === "right");
}
