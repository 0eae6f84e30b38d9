import { reasoning } from "../../experiments/reasoning/reasoning";
import type { ReasoningReport } from "../../experiments/reasoning/report";
import type { ReasoningEvent, ReasoningSpec } from "../../experiments/reasoning/spec";
import { tokenCount } from "../../experiments/tokenCount";
import { OpenRun, type RunKind, type RunParts } from "../runs/openRun";
import { QuestionIndex } from "./questionIndex";

/** A reasoning run that is shown, with its answers by question. */
export class ReasoningRun extends OpenRun<ReasoningSpec, ReasoningEvent, ReasoningReport> {
  readonly index: QuestionIndex;
  /** Sampled so far. */
  tokens = 0;

  constructor(parts: RunParts<ReasoningReport>) {
    super(reasoning, parts);
    this.index = new QuestionIndex(parts.report.spec);
  }

  /** Answers there are to come in all. */
  get total(): number {
    const { models, questions, arms, samples } = this.report.spec;
    return models.length * questions.length * arms.length * samples;
  }

  /** Answers that came, those that could not be asked included. */
  get done(): number {
    const { answers, failures, spec } = this.report;
    const failed = new Set(
      failures
        .filter((failure) => this.index.failureOf(failure.question, failure) !== undefined)
        .map(({ model, question, arm }) => JSON.stringify([model, question, arm])),
    );
    return answers.length + failed.size * spec.samples;
  }

  override *noteAll(events: readonly ReasoningEvent[]): Generator<void, void> {
    const answers = this.report.answers[Symbol.iterator]();
    for (const event of events) {
      this.note(event, event.type === "sample" ? answers.next().value : undefined);
      yield;
    }
  }

  protected override noted(event: ReasoningEvent): void {
    const { answers } = this.report;
    this.note(event, event.type === "sample" ? answers.at(answers.length - 1) : undefined);
  }

  private note(event: ReasoningEvent, answer: ReturnType<ReasoningReport["answers"]["at"]>): void {
    if (answer) this.tokens += tokenCount(answer);
    this.index.add(event, answer);
  }
}

export const reasoningRuns: RunKind<ReasoningSpec, ReasoningEvent, ReasoningReport, ReasoningRun> = {
  experiment: reasoning,
  make: (parts) => new ReasoningRun(parts),
};
