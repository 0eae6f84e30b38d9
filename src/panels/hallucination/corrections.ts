import { pairKey } from "../../experiments/hallucination/report";
import { cellKey, type HallucinationEvent } from "../../experiments/hallucination/spec";
import type { ProbeRun } from "./probeRun";

type Correction = Extract<HallucinationEvent, { type: "corrected" | "pairCorrected" }>;

/** What a person marks in a run's answers, with the steps back. What follows from the answers follows from the marks too. */
export class Corrections {
  private readonly past: Correction[][] = [];

  constructor(private readonly run: ProbeRun) {}

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** Several that belong together are taken back together. */
  make(corrections: readonly Correction[]): void {
    const back: Correction[] = [];
    for (const correction of corrections) {
      back.unshift(this.inverse(correction));
      this.run.add(correction);
    }
    this.past.push(back);
  }

  undo(): void {
    for (const correction of this.past.pop() ?? []) this.run.add(correction);
  }

  /** What was there before. */
  private inverse(correction: Correction): Correction {
    const cell = this.run.report.cells.get(cellKey(correction));
    if (correction.type === "corrected") {
      const marks = correction.mark === "right" ? cell?.rightMarks : cell?.refusalMarks;
      return { ...correction, value: marks?.get(correction.sample) ?? null };
    }
    const before = cell?.pairMarks.get(pairKey(correction.first, correction.second));
    return before ? { ...correction, ...before } : { ...correction, same: null };
  }
}
