import type { AnswerId } from "../../../webview/reasoning/questions";
import type { Done } from "../../experiments/reasoning/done";
import { runReasoning } from "../../experiments/reasoning/run";
import { type ReasoningEvent, sampleKey } from "../../experiments/reasoning/spec";
import type { Engine } from "../../inference/engine";
import type { LiveAnswers } from "../runs/liveAnswers";
import type { ReasoningRun } from "./reasoningRun";

/** What a run has still to ask. What came is given to it: models and answers. */
export async function* askedEvents(
  { report, index, tokens }: ReasoningRun,
  engines: (model: string, signal: AbortSignal) => Promise<Engine>,
  signal: AbortSignal,
  live: LiveAnswers<AnswerId>,
): AsyncGenerator<ReasoningEvent> {
  const { spec, models, checked, judgements } = report;
  const done: Done = {
    models,
    tokens,
    checked,
    answer: (name) => index.answer(name),
    judged: (name) => judgements.has(sampleKey(name)),
  };
  for await (const event of runReasoning(spec, engines, signal, done, live)) {
    if (event.type === "sample") live.whole(event);
    yield event;
  }
}
