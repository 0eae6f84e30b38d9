import type { SuitesReport } from "../../experiments/suites/report";
import { runSuites } from "../../experiments/suites/run";
import type { AnswerId, SuitesEvent, SuitesSpec } from "../../experiments/suites/spec";
import { suites } from "../../experiments/suites/suites";
import { tokenCount } from "../../experiments/tokenCount";
import type { Engine } from "../../inference/engine";
import type { LiveAnswers } from "../runs/liveAnswers";
import { OpenRun, type RunKind, type RunParts } from "../runs/openRun";

/** A run of suites that is shown, and how far it is. */
export class SuitesRun extends OpenRun<SuitesSpec, SuitesEvent, SuitesReport> {
  /** Sampled so far. */
  tokens = 0;
  /** Cases that could not be asked. */
  private readonly failed = new Set<string>();

  constructor(parts: RunParts<SuitesReport>) {
    super(suites, parts);
  }

  /** Answers there are to come in all. */
  get total(): number {
    const { models, suites: asked, samples } = this.report.spec;
    return models.length * samples * asked.reduce((sum, { items }) => sum + items.length, 0);
  }

  /** Answers that came, those that could not be asked included. */
  get done(): number {
    return this.report.answers.size + this.failed.size * this.report.spec.samples;
  }

  override *noteAll(events: readonly SuitesEvent[]): Generator<void, void> {
    for (const event of events) {
      this.noted(event);
      yield;
    }
  }

  protected override noted(event: SuitesEvent): void {
    if (event.type === "failed") this.failed.add(taskKey(event));
    if (event.type !== "answer") return;
    this.failed.delete(taskKey(event));
    this.tokens += tokenCount(event);
  }
}

export const suitesRuns: RunKind<SuitesSpec, SuitesEvent, SuitesReport, SuitesRun> = {
  experiment: suites,
  make: (parts) => new SuitesRun(parts),
};

/** What a run has still to ask. */
export async function* askedEvents(
  { report }: SuitesRun,
  engines: (model: string, signal: AbortSignal) => Promise<Engine>,
  signal: AbortSignal,
  live: LiveAnswers<AnswerId>,
): AsyncGenerator<SuitesEvent> {
  const known = [...report.models.map((model): SuitesEvent => ({ type: "model", model })), ...report.answers.values()];
  for await (const event of runSuites(report.spec, engines, signal, known, live)) {
    if (event.type === "answer") live.whole(event);
    // What was begun of a case that then failed is not written any more.
    if (event.type === "failed") {
      for (let sample = 0; sample < report.spec.samples; sample++) live.whole({ ...event, sample });
    }
    yield event;
  }
}

function taskKey({ model, suite, item }: Extract<SuitesEvent, { type: "failed" | "answer" }>): string {
  return JSON.stringify([model, suite, item]);
}
