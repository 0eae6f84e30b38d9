import { arena } from "../../experiments/arena/arena";
import type { ArenaReport } from "../../experiments/arena/report";
import { type ArenaEvent, type ArenaSpec, answersIn } from "../../experiments/arena/spec";
import { tokenCount } from "../../experiments/tokenCount";
import { OpenRun, type RunKind, type RunParts } from "../runs/openRun";
import { countPairs, type PairCounts } from "./views";

/** An arena run that is shown. */
export class ArenaRun extends OpenRun<ArenaSpec, ArenaEvent, ArenaReport> {
  /** Sampled so far. */
  tokens = 0;
  private counted: { readonly report: ArenaReport; readonly counts: PairCounts } | undefined;

  constructor(parts: RunParts<ArenaReport>) {
    super(arena, parts);
  }

  /** Names are hidden, at least at first. */
  get blind(): boolean {
    return this.report.spec.names !== "always";
  }

  get counts(): PairCounts {
    const { report } = this;
    if (this.counted?.report !== report) this.counted = { report, counts: countPairs(report) };
    return this.counted.counts;
  }

  /** Pairs there are to come in all, or answers where names are shown: single answers of a pair would tell their time. */
  get total(): number {
    return this.blind ? this.report.matches.length : answersIn(this.report.spec);
  }

  /** Those that came, and those that could not be had. */
  get done(): number {
    const { answers, failures } = this.report;
    return this.blind ? this.total - this.counts.waiting : answers.size + failures.size;
  }

  override *noteAll(events: readonly ArenaEvent[]): Generator<void, void> {
    for (const event of events) {
      this.noted(event);
      yield;
    }
  }

  protected override noted(event: ArenaEvent): void {
    if (event.type === "answer") this.tokens += tokenCount(event);
  }
}

export const arenaRuns: RunKind<ArenaSpec, ArenaEvent, ArenaReport, ArenaRun> = {
  experiment: arena,
  make: (parts) => new ArenaRun(parts),
};
