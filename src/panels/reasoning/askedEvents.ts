import { runReasoning } from "../../experiments/reasoning/run";
import type { ReasoningEvent } from "../../experiments/reasoning/spec";
import type { Engine } from "../../inference/engine";
import type { LiveAnswers } from "./liveAnswers";
import type { ReasoningRun } from "./reasoningRun";

/** What a run has still to ask. What came is given to it: models and answers. */
export async function* askedEvents(
  { report }: ReasoningRun,
  engines: (model: string, signal: AbortSignal) => Promise<Engine>,
  signal: AbortSignal,
  live: LiveAnswers,
): AsyncGenerator<ReasoningEvent> {
  const known = [...report.models.map((model): ReasoningEvent => ({ type: "model", model })), ...report.answers];
  for await (const event of runReasoning(report.spec, engines, signal, known, live)) {
    if (event.type === "sample") live.whole(event);
    yield event;
  }
}
