import { EngineError } from "../../inference/engine";
import type { Engines, Experiment } from "../experiment";
import { ask, type Want, wanted } from "./asking";
import { type ExplorerEvent, type ExplorerSpec, explorerEvent, explorerSpec } from "./events";
import { addEvent, type ExplorerReport, startReport } from "./report";

/** The next-token explorer. By itself a run asks what stands at the prompt; a person grows the tree from there. */
export const explorer: Experiment<ExplorerSpec, ExplorerEvent, ExplorerReport> = {
  kind: "explorer",
  version: 1,
  spec: explorerSpec,
  event: explorerEvent,
  start: startReport,
  add: addEvent,
  run: (spec, engines, signal) => complete(startReport(spec), engines, signal),
};

/** Asks for all that is missing in a report, one after the other. What a model cannot give stays missing. */
export async function* complete(
  given: ExplorerReport,
  engines: Engines,
  signal: AbortSignal,
  tell: (want: Want) => void = () => {},
): AsyncGenerator<ExplorerEvent> {
  const missing = new Set<string>();
  const key = ({ what, side, modelId }: Want) => `${what} ${side} ${modelId}`;
  let report = given;
  for (;;) {
    const want = wanted(report, (each) => missing.has(key(each)));
    if (!want) return;
    tell(want);
    const engine = await engines(want.modelId, signal);
    try {
      const event = await ask(want, report, engine, signal, () => engines(report.now.model.id, signal));
      report = addEvent(report, event);
      yield event;
    } catch (error) {
      if (!(error instanceof EngineError && error.code === "unsupported")) throw error;
      missing.add(key(want));
    }
  }
}
