/** How the share of right answers becomes the colour of a strip beside a text. Pure. */

/** A stretch of a text with the share of right answers to what was asked about it; offsets are UTF-16. */
export interface Warm {
  readonly start: number;
  readonly end: number;
  /** Answers that were marked, and the right ones among them. */
  readonly right: number;
  readonly answers: number;
}

/** The steps of heat: 0 for none known, which is an outline, then five of equal width. */
export type HeatStep = 0 | 1 | 2 | 3 | 4 | 5;

export function heatStep(share: number): HeatStep {
  // The smallest number is taken off for rounding: 3 of 5 is in the third step, not the fourth.
  return Math.min(5, Math.max(0, Math.ceil(share * 5 - 1e-9))) as HeatStep;
}

/** A line of a text, with what is known of what begins in it or runs through it; null where nothing was asked. */
export interface HeatLine {
  /** From 1. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
  readonly share: number | null;
}

/**
 * The lines of a text, which begins at `line` and `offset` of its file, each with the share of right answers to all
 * questions about what stands in it.
 */
export function heatLines(text: string, warm: readonly Warm[], { line = 1, offset = 0 } = {}): HeatLine[] {
  const sorted = warm.toSorted((a, b) => a.start - b.start);
  let start = offset;
  let first = 0;
  return text.split("\n").map((each, index): HeatLine => {
    const end = start + each.length;
    const from = start;
    start = end + 1;
    while (first < sorted.length && sorted[first]!.end <= from) first++;
    const touching: Warm[] = [];
    for (let at = first; at < sorted.length && sorted[at]!.start < end; at++) {
      if (sorted[at]!.end > from && sorted[at]!.answers > 0) touching.push(sorted[at]!);
    }
    const answers = sum(touching.map((stretch) => stretch.answers));
    const right = sum(touching.map((stretch) => stretch.right));
    return { number: line + index, start: from, end, share: answers === 0 ? null : right / answers };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
