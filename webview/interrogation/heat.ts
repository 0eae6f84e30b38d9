/** How the share of right answers becomes the strip beside a text. Pure. */
import type { HeatView } from "./review";

/** The steps of heat: 0 for none known, which is an outline, then five of equal width. */
export type HeatStep = 0 | 1 | 2 | 3 | 4 | 5;

export function heatStep(share: number): HeatStep {
  // The smallest number is taken off for rounding: 3 of 5 is in the third step, not the fourth.
  return Math.min(5, Math.max(0, Math.ceil(share * 5 - 1e-9))) as HeatStep;
}

/** What is known of a line, from all questions about what stands in it or runs through it. */
export interface LineHeat {
  /** Share of right answers; null while nothing is marked. */
  readonly share: number | null;
  readonly questions: number;
  /** The first question about it, to open. */
  readonly first: string;
}

/** By line, from 1; lines that nobody asked about are not there. */
export function heatByLine(heat: HeatView): Map<number, LineHeat> {
  const lines = new Map<number, { right: number; answers: number; questions: number; first: string }>();
  for (const { line, endLine, right, questions, first } of heat) {
    for (let at = line; at <= endLine; at++) {
      const known = lines.get(at) ?? { right: 0, answers: 0, questions: 0, first };
      known.right += right.successes;
      known.answers += right.trials;
      known.questions += questions;
      lines.set(at, known);
    }
  }
  return new Map(
    [...lines].map(([line, { right, answers, questions, first }]) => [
      line,
      { share: answers === 0 ? null : right / answers, questions, first },
    ]),
  );
}
