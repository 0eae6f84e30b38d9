import { type HeatStep, heatStep } from "../../../webview/interrogation/heat";
import type { KnowledgeMark } from "./knowledgeMark";

/** A line with strips in the margin: the answers to all that was asked about what stands in it. */
export interface KnowledgeLine {
  readonly line: number;
  readonly step: HeatStep;
  /** 0 to 1. */
  readonly share: number;
  /** Something of it changed since. */
  readonly stale: boolean;
}

/** The lines of marks, top to bottom; those whose answers are not marked yet are left out. */
export function knowledgeLines(marks: readonly KnowledgeMark[]): KnowledgeLine[] {
  const lines = new Map<number, { right: number; answers: number; stale: boolean }>();
  for (const { range, right, stale } of marks) {
    if (right.trials === 0) continue;
    for (let { line } = range.start; line <= range.end.line; line++) {
      const sums = lines.get(line) ?? { right: 0, answers: 0, stale: false };
      lines.set(line, {
        right: sums.right + right.successes,
        answers: sums.answers + right.trials,
        stale: sums.stale || stale,
      });
    }
  }
  return [...lines]
    .sort(([a], [b]) => a - b)
    .map(([line, { right, answers, stale }]) => ({
      line,
      share: right / answers,
      step: heatStep(right / answers),
      stale,
    }));
}
