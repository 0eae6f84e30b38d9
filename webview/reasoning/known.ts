/** The curve of “When does it know?” read off its points. Pure. */
import type { AnswerView, KnownPointView } from "./questions";

export interface KnownRow {
  /** Index of the step it comes after; -1 before the first. */
  readonly step: number;
  /** Probability of the right answer, 0 to 1; NaN where it was not read. */
  readonly right: number;
  /** Of the likeliest other answer; NaN where none was looked at. */
  readonly rival: number;
  readonly rivalAnswer: string | null;
}

/** One row before the first step and one after each: the last point at or before the step's end. */
export function knownRows({ steps }: Pick<AnswerView, "steps">, points: readonly KnownPointView[]): KnownRow[] {
  const first = steps[0]?.start ?? Number.POSITIVE_INFINITY;
  const ends = [first, ...steps.map(({ end }) => end)];
  return ends.map((end, index) => {
    const after = index === 0 ? Number.NEGATIVE_INFINITY : ends[index - 1]!;
    const point = points.findLast((each) => each.end <= end && (index === 0 || each.end > after));
    return {
      step: index - 1,
      right: point ? Math.exp(point.right) : Number.NaN,
      rival: point?.rival ? Math.exp(point.rival.logProb) : Number.NaN,
      rivalAnswer: point?.rival?.answer ?? null,
    };
  });
}

/** The row from which on the right answer is the likelier one to the end; undefined where it never is. */
export function knewAt(rows: readonly KnownRow[]): KnownRow | undefined {
  const read = rows.filter(({ right }) => !Number.isNaN(right));
  let from: KnownRow | undefined;
  for (const row of read.toReversed()) {
    if (row.right <= row.rival) break;
    from = row;
  }
  return from;
}

/** The one rival all rows speak of; null where it changes from row to row or there is none. */
export function onlyRival(rows: readonly KnownRow[]): string | null {
  const answers = new Set(rows.flatMap(({ rivalAnswer }) => (rivalAnswer === null ? [] : [rivalAnswer])));
  return answers.size === 1 ? [...answers][0]! : null;
}
