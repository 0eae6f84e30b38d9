import { interrogation } from "../../experiments/interrogation/interrogation";
import type { InterrogationReport } from "../../experiments/interrogation/report";
import type { InterrogationEvent, InterrogationSpec } from "../../experiments/interrogation/spec";
import { OpenRun, type RunKind, type RunParts } from "../runs/openRun";
import type { Listed } from "../runs/runFolder";
import { nameOf } from "./texts";

/** An interrogation that is shown, with what has been counted of it. */
export class InterrogationRun extends OpenRun<InterrogationSpec, InterrogationEvent, InterrogationReport> {
  /** Sampled so far, answers to earlier wordings included. */
  tokens = 0;

  constructor(parts: RunParts<InterrogationReport>) {
    super(interrogation, parts);
  }

  /** Answers that were marked; a question that could not be asked counts as answered. */
  get done(): number {
    return this.counts().done;
  }

  /** Answers there will be: of snippets without their questions yet, as many as of the others so far. */
  get total(): number {
    const { spec, written } = this.report;
    const { asked } = this.counts();
    const left = spec.byHand ? 0 : spec.snippets.length - written.size;
    const each = written.size > 0 ? asked / written.size : spec.questionsEach;
    return Math.round((asked + left * each) * spec.samples);
  }

  /** Answers to the questions that are there. */
  get known(): number {
    return this.counts().asked * this.report.spec.samples;
  }

  override *noteAll(events: readonly InterrogationEvent[]): Generator<void, void> {
    for (const event of events) {
      this.noted(event);
      yield;
    }
  }

  protected override noted(event: InterrogationEvent): void {
    if (event.type === "answer") this.tokens += event.tokens;
  }

  private counts(): { readonly asked: number; readonly done: number } {
    const { questions, spec } = this.report;
    let [asked, done] = [0, 0];
    for (const { reviewed, failure, marks } of questions) {
      if (reviewed === "dropped") continue;
      asked++;
      done += failure === undefined ? Math.min(marks.size, spec.samples) : spec.samples;
    }
    return { asked, done };
  }
}

export const interrogationRuns: RunKind<InterrogationSpec, InterrogationEvent, InterrogationReport, InterrogationRun> =
  {
    experiment: interrogation,
    make: (parts) => new InterrogationRun(parts),
  };

export const listedRuns: Listed<InterrogationSpec> = { experiment: interrogation, label: nameOf };
