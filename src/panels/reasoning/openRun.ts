import { readFile } from "node:fs/promises";
import { type Disposable, type Event, EventEmitter, type Uri } from "vscode";
import { reasoning } from "../../experiments/reasoning/reasoning";
import type { ReasoningReport } from "../../experiments/reasoning/report";
import type { ReasoningEvent, ReasoningSpec } from "../../experiments/reasoning/spec";
import { inSlices } from "../../tokens/slices";
import { readSavedRun } from "../runs/savedRun";
import { QuestionIndex } from "./questionIndex";
import { RunFile } from "./runFile";

/** A run that is shown: what is known of it, and its file. Panels that show the same file share it. */
export class OpenRun implements Disposable {
  private readonly emitter = new EventEmitter<ReasoningEvent>();
  /** Something happened: the report has it already. */
  readonly onDidAdd: Event<ReasoningEvent> = this.emitter.event;
  private readonly failures = new EventEmitter<Error>();
  /** The file can no longer be written. */
  readonly onDidFail: Event<Error> = this.failures.event;
  readonly index: QuestionIndex;
  private readonly file: RunFile;
  /** A panel asks for its answers: no other may at the same time. */
  asked = false;
  /** Sampled so far. */
  tokens = 0;

  private constructor(
    readonly uri: Uri,
    readonly created: string,
    public report: ReasoningReport,
    whole: number | undefined,
  ) {
    this.file = new RunFile(uri, (error) => this.failures.fire(error), whole);
    this.index = new QuestionIndex(report.spec);
  }

  /** A new run, in a new file. Rejects where the folder cannot be written. */
  static async begin(
    folder: Uri,
    name: string,
    { spec, by, now }: { readonly spec: ReasoningSpec; readonly by: string; readonly now: Date },
  ): Promise<OpenRun> {
    const created = now.toISOString();
    const uri = await RunFile.create(folder, name, { spec, created, by });
    return new OpenRun(uri, created, reasoning.start(spec), undefined);
  }

  /** A saved run. Throws RunFileError, and what reading a file throws. */
  static async read(uri: Uri): Promise<OpenRun> {
    const bytes = await readFile(uri.fsPath);
    const { signal } = new AbortController();
    // Without an abort both come to their end.
    const saved = (await readSavedRun(bytes.toString("utf8"), reasoning, signal))!;
    const whole = saved.run.cut ? bytes.lastIndexOf(10) + 1 : undefined;
    const run = new OpenRun(uri, saved.run.created, saved.report, whole);
    await inSlices(run.noting(saved.run.events), signal);
    return run;
  }

  add(event: ReasoningEvent): void {
    this.report = reasoning.add(this.report, event);
    this.note(event, event.type === "sample" ? this.report.answers.at(this.report.answers.length - 1) : undefined);
    this.file.add(event);
    this.emitter.fire(event);
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

  /** Writes what still waits. */
  settle(): Promise<void> {
    return this.file.flush();
  }

  dispose(): void {
    void this.file.flush();
    this.emitter.dispose();
    this.failures.dispose();
  }

  private *noting(events: readonly ReasoningEvent[]): Generator<void, void> {
    const answers = this.report.answers[Symbol.iterator]();
    for (const event of events) {
      this.note(event, event.type === "sample" ? answers.next().value : undefined);
      yield;
    }
  }

  private note(event: ReasoningEvent, answer: ReturnType<ReasoningReport["answers"]["at"]>): void {
    if (answer) this.tokens += answer.tokens.length;
    this.index.add(event, answer);
  }
}
