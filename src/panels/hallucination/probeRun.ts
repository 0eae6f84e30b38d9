import { progressOf } from "../../experiments/hallucination/forecast";
import { hallucination } from "../../experiments/hallucination/hallucination";
import { type Reading, readCell } from "../../experiments/hallucination/reading";
import type { CellRecord, HallucinationReport } from "../../experiments/hallucination/report";
import { closedBook, type HallucinationEvent, type HallucinationSpec } from "../../experiments/hallucination/spec";
import { tokenCount } from "../../experiments/tokenCount";
import { OpenRun, type RunKind, type RunParts } from "../runs/openRun";

/** A probe that is shown, with what its answers read as: a record is read once, however often it is looked at. */
export class ProbeRun extends OpenRun<HallucinationSpec, HallucinationEvent, HallucinationReport> {
  private readonly readings = new WeakMap<CellRecord, Reading>();
  /** Sampled so far. */
  tokens = 0;

  constructor(parts: RunParts<HallucinationReport>) {
    super(hallucination, parts);
  }

  /** As `readCell`; records never change, so what was read stays true. */
  readonly read = (cell: CellRecord): Reading => {
    const known = this.readings.get(cell) ?? readCell(cell);
    this.readings.set(cell, known);
    return known;
  };

  /** Its questions from memory alone, in the order they are asked. */
  *closed(): Generator<CellRecord> {
    for (const cell of this.report.cells.values()) if (cell.book === closedBook) yield cell;
  }

  get done(): number {
    return progressOf(this.report).done;
  }

  get total(): number {
    return this.report.cells.size;
  }

  override *noteAll(events: readonly HallucinationEvent[]): Generator<void, void> {
    for (const event of events) {
      this.noted(event);
      yield;
    }
  }

  protected override noted(event: HallucinationEvent): void {
    if (event.type === "answer") this.tokens += tokenCount(event);
  }
}

export const probeRuns: RunKind<HallucinationSpec, HallucinationEvent, HallucinationReport, ProbeRun> = {
  experiment: hallucination,
  make: (parts) => new ProbeRun(parts),
};
