import type { ExplorerEvent, ExplorerSpec } from "../../experiments/explorer/events";
import { explorer } from "../../experiments/explorer/explorer";
import type { ExplorerReport } from "../../experiments/explorer/report";
import { type Run, readRun } from "../../experiments/runFile";
import { inSlices } from "../../tokens/slices";

export interface SavedExploration {
  readonly run: Run<ExplorerSpec, ExplorerEvent>;
  readonly report: ExplorerReport;
  /** Its lines, each with its end; without a last one that was cut off. */
  readonly text: string;
}

/** Reads a saved exploration without holding the extension host up. Undefined when aborted; throws RunFileError. */
export function readExploration(text: string, signal: AbortSignal): Promise<SavedExploration | undefined> {
  return inSlices(reading(text), signal);
}

function* reading(text: string): Generator<void, SavedExploration> {
  const run = yield* readRun(text, explorer);
  let report = explorer.start(run.spec);
  for (const event of run.events) {
    report = explorer.add(report, event);
    yield;
  }
  const whole = run.cut ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
  return { run, report, text: whole.endsWith("\n") ? whole : `${whole}\n` };
}
