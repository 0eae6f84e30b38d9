import { type Disposable, type Event, EventEmitter, type Uri, workspace } from "vscode";
import type { Experiment } from "../../experiments/experiment";
import { inSlices } from "../../tokens/slices";
import { refuseElsewhere } from "./refusals";
import { RunFile } from "./runFile";
import { readSavedRun } from "./savedRun";

/** What a run is made from, new or read. */
export interface RunParts<Report> {
  readonly uri: Uri;
  /** ISO 8601. */
  readonly created: string;
  readonly report: Report;
  /** Bytes up to a last line that was cut off in mid-writing; undefined for none. */
  readonly whole: number | undefined;
}

/**
 * A run that is shown: what is known of it, and its file. Panels that show the same file share it. What an experiment keeps
 * besides its report (an index of the answers) goes into a subclass with `noted`.
 */
export class OpenRun<Spec, RunEvent extends object, Report> implements Disposable {
  private readonly emitter = new EventEmitter<RunEvent>();
  /** Something happened: the report has it already. */
  readonly onDidAdd: Event<RunEvent> = this.emitter.event;
  private readonly failures = new EventEmitter<Error>();
  /** The file can no longer be written. */
  readonly onDidFail: Event<Error> = this.failures.event;
  readonly uri: Uri;
  /** ISO 8601. */
  readonly created: string;
  report: Report;
  private readonly file: RunFile;
  /** A panel asks for its answers: no other may at the same time. */
  asked = false;

  constructor(
    readonly experiment: Experiment<Spec, RunEvent, Report>,
    { uri, created, report, whole }: RunParts<Report>,
  ) {
    this.uri = uri;
    this.created = created;
    this.report = report;
    this.file = new RunFile(uri, (error) => this.failures.fire(error), whole);
  }

  /** Throws UserError where the run is no file here. */
  add(event: RunEvent): void {
    refuseElsewhere(this);
    this.report = this.experiment.add(this.report, event);
    this.noted(event);
    this.file.add(event);
    this.emitter.fire(event);
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

  /** Takes in the events of a run that was read, in slices: the report has them already. */
  *noteAll(_events: readonly RunEvent[]): Generator<void, void> {}

  /** The report has the event. */
  protected noted(_event: RunEvent): void {}
}

/** How the runs of an experiment are made. */
export interface RunKind<Spec, RunEvent extends object, Report, Run extends OpenRun<Spec, RunEvent, Report>> {
  readonly experiment: Experiment<Spec, RunEvent, Report>;
  make(parts: RunParts<Report>): Run;
}

/** A new run, in a new file of that folder and name. Rejects where the folder cannot be written. */
export async function beginRun<Spec, RunEvent extends object, Report, Run extends OpenRun<Spec, RunEvent, Report>>(
  { experiment, make }: RunKind<Spec, RunEvent, Report, Run>,
  folder: Uri,
  name: string,
  { spec, by, now }: { readonly spec: Spec; readonly by: string; readonly now: Date },
): Promise<Run> {
  const created = now.toISOString();
  const uri = await RunFile.create(folder, name, experiment, { spec, created, by });
  return make({ uri, created, report: experiment.start(spec), whole: undefined });
}

/** A saved run. Throws RunFileError, and what reading a file throws. */
export async function readRun<Spec, RunEvent extends object, Report, Run extends OpenRun<Spec, RunEvent, Report>>(
  { experiment, make }: RunKind<Spec, RunEvent, Report, Run>,
  uri: Uri,
): Promise<Run> {
  // Through VS Code: the other side of a comparison, and a folder that is on no disk, have no path here.
  const bytes = Buffer.from(await workspace.fs.readFile(uri));
  const { signal } = new AbortController();
  // Without an abort both come to their end.
  const { run: saved, report } = (await readSavedRun(bytes.toString("utf8"), experiment, signal))!;
  const whole = saved.cut ? bytes.lastIndexOf(10) + 1 : undefined;
  const run = make({ uri, created: saved.created, report, whole });
  await inSlices(run.noteAll(saved.events), signal);
  return run;
}
