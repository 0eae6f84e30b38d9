import type { Experiment } from "../../experiments/experiment";
import { type Run, readRun } from "../../experiments/runFile";
import { inSlices } from "../../tokens/slices";

/** A run as a file holds it, and what follows from it. */
export interface SavedRun<Spec, Event, Report> {
  readonly run: Run<Spec, Event>;
  readonly report: Report;
  /** Its lines, each with its end; without a last one that was cut off. */
  readonly text: string;
}

/** Reads a saved run without holding the extension host up. Undefined when aborted; throws RunFileError. */
export function readSavedRun<Spec, Event, Report>(
  text: string,
  experiment: Experiment<Spec, Event, Report>,
  signal: AbortSignal,
): Promise<SavedRun<Spec, Event, Report> | undefined> {
  return inSlices(reading(text, experiment), signal);
}

function* reading<Spec, Event, Report>(
  text: string,
  experiment: Experiment<Spec, Event, Report>,
): Generator<void, SavedRun<Spec, Event, Report>> {
  const run = yield* readRun(text, experiment);
  let report = experiment.start(run.spec);
  for (const event of run.events) {
    report = experiment.add(report, event);
    yield;
  }
  const whole = run.cut ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
  return { run, report, text: whole.endsWith("\n") ? whole : `${whole}\n` };
}
