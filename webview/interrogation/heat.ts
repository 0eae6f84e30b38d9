/** How the share of right answers becomes the strip beside a text. Pure. */
import type { HeatView } from "./review";

/** The steps of heat: 0 for none known, which is an outline, then five of equal width. */
export type HeatStep = 0 | 1 | 2 | 3 | 4 | 5;

export function heatStep(share: number): HeatStep {
  // The smallest number is taken off for rounding: 3 of 5 is in the third step, not the fourth.
  return Math.min(5, Math.max(0, Math.ceil(share * 5 - 1e-9))) as HeatStep;
}

/** A line of a text, with what is known of the sentences that begin in it or run through it. */
export interface HeatLine {
  /** From 1. */
  readonly number: number;
  /** UTF-16 offsets; without the line's end. */
  readonly start: number;
  readonly end: number;
  /** Questions about it; with none there is no strip. */
  readonly questions: number;
  /** Share of right answers; null while nothing is marked. */
  readonly share: number | null;
  /** The first question about it, to open. */
  readonly first: string | undefined;
}

/** The lines of a text, each with the share of right answers to all questions about what stands in it. */
export function heatLines(text: string, heat: HeatView): HeatLine[] {
  const sorted = heat.toSorted((a, b) => a.start - b.start);
  let start = 0;
  let passed = 0;
  return text.split("\n").map((each, index): HeatLine => {
    const from = start;
    const end = from + each.length;
    start = end + 1;
    while (passed < sorted.length && sorted[passed]!.end <= from) passed++;
    const touching: HeatView[number][] = [];
    for (let at = passed; at < sorted.length && sorted[at]!.start < end; at++) {
      if (sorted[at]!.end > from) touching.push(sorted[at]!);
    }
    const answers = sum(touching.map(({ right }) => right.trials));
    const right = sum(touching.map((sentence) => sentence.right.successes));
    return {
      number: index + 1,
      start: from,
      end,
      questions: sum(touching.map(({ questions }) => questions)),
      share: answers === 0 ? null : right / answers,
      first: touching[0]?.first,
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
