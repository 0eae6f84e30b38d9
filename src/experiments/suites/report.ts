import type { Grade } from "../graders/grade";
import { type Difference, holm, mcnemarExact, pairedDifference } from "../statistics/paired";
import { clusteredRate, type Rate } from "../statistics/rate";
import { checkAnswer } from "./check";
import { answerKey, type SuiteAnswerEvent, type SuitesEvent, type SuitesSpec } from "./spec";
import type { SuiteItem } from "./suite";

/** An answer with its grade. */
export interface SuiteAnswer extends SuiteAnswerEvent {
  /** Undefined where the item has no reference. */
  readonly graded: Grade | undefined;
}

export interface SuitesReport {
  readonly spec: SuitesSpec;
  readonly models: readonly Extract<SuitesEvent, { type: "model" }>["model"][];
  /** By `answerKey`. */
  readonly answers: ReadonlyMap<string, SuiteAnswer>;
  readonly corrections: ReadonlyMap<string, boolean>;
  readonly failures: readonly Extract<SuitesEvent, { type: "failed" }>[];
  readonly ended: "done" | "stopped" | undefined;
}

export function startReport(spec: SuitesSpec): SuitesReport {
  const none = new Map<never, never>();
  return { spec, models: [], answers: none, corrections: none, failures: [], ended: undefined };
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
      return { ...report, answers: new Map(report.answers).set(answerKey(event), answer), ended: undefined };
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
  const { models, suites, samples } = report.spec;
  return suites.flatMap(({ id: suite, items }) =>
    [...new Set(items.map(({ variant }) => variant))].flatMap((variant) =>
      models.map((model): SuiteCell => {
        const found = items
          .filter((item) => item.variant === variant)
          .map((item) => {
            const keys = Array.from({ length: samples }, (_, sample) =>
              answerKey({ model, suite, item: item.id, sample }),
            );
            const answers = keys.flatMap((key) => report.answers.get(key) ?? []);
            const verdicts = answers.flatMap((answer) => rightOf(report, answer) ?? []);
            return { item, answers, verdicts };
          });
        return {
          suite,
          variant,
          model,
          right: clusteredRate(
            found.map(({ verdicts }) => ({ successes: verdicts.filter(Boolean).length, trials: verdicts.length })),
          ),
          items: found.map(({ item, answers, verdicts }) => ({
            item,
            answers,
            share: verdicts.length > 0 ? verdicts.filter(Boolean).length / verdicts.length : undefined,
          })),
        };
      }),
    ),
  );
}

/** Whether an answer is right: by a person, or by its check; undefined where neither says. */
export function rightOf({ corrections }: SuitesReport, answer: SuiteAnswer): boolean | undefined {
  return corrections.get(answerKey(answer)) ?? (answer.graded && answer.graded.verdict === "right");
}

/** How a cell changed since another run, on the items that both graded. */
export interface Change {
  readonly suite: string;
  readonly variant: string;
  readonly model: string;
  readonly before: Rate;
  readonly now: Rate;
  readonly difference: Difference;
  /** McNemar's exact p over items by the majority of their answers, after Holm's correction over all cells. */
  readonly p: number;
}

/** Compares with an earlier run: the same suites, variants and models, item by item where text and reference are the same. */
export function changesSince(before: SuitesReport, now: SuitesReport): Change[] {
  const earlier = gridOf(before);
  const changes = gridOf(now).flatMap((cell): Change[] => {
    const other = earlier.find(
      ({ suite, variant, model }) => suite === cell.suite && variant === cell.variant && model === cell.model,
    );
    const pairs = cell.items.flatMap(({ item, share }) => {
      const same = other?.items.find((each) => each.item.text === item.text && each.item.reference === item.reference);
      return share !== undefined && same?.share !== undefined ? [{ first: same.share, second: share }] : [];
    });
    if (!other || pairs.length === 0) return [];
    const p = mcnemarExact({
      onlyFirst: pairs.filter(({ first, second }) => first > 0.5 && second <= 0.5).length,
      onlySecond: pairs.filter(({ first, second }) => first <= 0.5 && second > 0.5).length,
    });
    const { suite, variant, model, right } = cell;
    const difference = pairedDifference(pairs.map(({ first, second }) => second - first));
    return [{ suite, variant, model, before: other.right, now: right, difference, p }];
  });
  const adjusted = holm(changes.map(({ p }) => p));
  return changes.map((change, index) => ({ ...change, p: adjusted[index]! }));
}
