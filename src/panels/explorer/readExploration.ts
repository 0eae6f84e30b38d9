import type { ExplorerEvent, ExplorerSpec } from "../../experiments/explorer/events";
import { explorer } from "../../experiments/explorer/explorer";
import { type Run, readRun } from "../../experiments/runFile";
import { inSlices } from "../../tokens/slices";

/** Reads a saved exploration without holding the extension host up. Undefined when aborted; throws RunFileError. */
export function readExploration(
  text: string,
  signal: AbortSignal,
): Promise<Run<ExplorerSpec, ExplorerEvent> | undefined> {
  return inSlices(readRun(text, explorer), signal);
}
