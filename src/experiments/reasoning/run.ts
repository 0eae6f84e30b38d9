import { type Engine, EngineError } from "../../inference/engine";
import type { Engines } from "../experiment";
import { inOrder, type Outcome } from "../inOrder";
import { wasRefused } from "../refused";
import type { Arm } from "./arms";
import { isChat, requestOf } from "./ask";
import type { Question } from "./question";
import { type ReasoningEvent, type ReasoningSpec, type SampleEvent, sampleKey } from "./spec";

/** What is heard of answers before they are whole: nothing that belongs into the record. */
export interface Progress {
  /** One more token of an answer. */
  token(
    task: { readonly model: string; readonly question: string; readonly arm: string; readonly sample: number },
    text: string,
  ): void;
}

interface Work {
  readonly engine: Engine;
  readonly question: Question;
  readonly arm: Arm;
  readonly chat: boolean;
  /** Numbers of the samples that are still to come. */
  readonly samples: readonly number[];
}

/**
 * Asks every question in every arm of every model, as often as the spec says, leaving out what is `done` already. Several
 * requests run side by side where the engine can, and events come in the order of the spec all the same: the record of a
 * run does not depend on how fast what was. Ends with an `ended` event; when aborted it rejects with the signal's reason
 * and the whole answers that had arrived are events. A question that an engine refuses becomes a `failed` event; what ends
 * the engine itself (a crash, no memory, no network) rejects.
 */
export async function* runReasoning(
  spec: ReasoningSpec,
  engines: Engines,
  signal: AbortSignal,
  done: readonly ReasoningEvent[] = [],
  progress?: Progress,
): AsyncGenerator<ReasoningEvent> {
  const known = new Set(done.flatMap((event) => (event.type === "sample" ? [sampleKey(event)] : [])));
  let spent = done.reduce((sum, event) => sum + (event.type === "sample" ? event.tokens.length : 0), 0);
  for (const model of spec.models) {
    const engine = await engines(model, signal);
    if (!done.some((event) => event.type === "model" && event.model.id === engine.model.id)) {
      yield { type: "model", model: engine.model };
    }
    const sampling = engine.capabilities.sample;
    if (!sampling.available)
      throw new EngineError("unsupported", `${engine.model.name} cannot answer: ${sampling.reason}`);
    const work = workOf(spec, engine, known);
    const width = Math.max(1, Math.floor(sampling.parallel / spec.samples));
    for await (const event of inOrder(work, width, signal, (each, stop) => answers(spec, each, stop, progress))) {
      yield event;
      if (event.type === "sample") spent += event.tokens.length;
      if (spec.tokenBudget !== undefined && spent >= spec.tokenBudget) {
        yield { type: "ended", reason: "budget" };
        return;
      }
    }
  }
  yield { type: "ended", reason: "done" };
}

/** Question by question, so that a run that is stopped has whole questions to compare. */
function workOf(spec: ReasoningSpec, engine: Engine, known: ReadonlySet<string>): Work[] {
  const chat = isChat(spec, engine);
  const all = Array.from({ length: spec.samples }, (_, sample) => sample);
  return spec.questions.flatMap((question) =>
    spec.arms.flatMap((arm): Work[] => {
      const task = { model: engine.model.id, question: question.id, arm: arm.id };
      const samples = all.filter((sample) => !known.has(sampleKey({ ...task, sample })));
      return samples.length > 0 ? [{ engine, question, arm, chat, samples }] : [];
    }),
  );
}

async function answers(
  spec: ReasoningSpec,
  { engine, question, arm, chat, samples }: Work,
  signal: AbortSignal,
  progress: Progress | undefined,
): Promise<Outcome<ReasoningEvent>> {
  const task = { model: engine.model.id, question: question.id, arm: arm.id };
  const request = requestOf(spec, { arm, question, chat }, samples);
  const tokens = samples.map((): { text: string; logProb: number | undefined }[] => []);
  const events: SampleEvent[] = [];
  try {
    for await (const event of engine.sample(request, signal)) {
      const sample = samples[event.sample]!;
      const heard = tokens[event.sample]!;
      if (event.kind === "token") {
        heard.push(event.token);
        progress?.token({ ...task, sample }, event.token.text);
      } else {
        events.push({
          type: "sample",
          ...task,
          sample,
          seed: request.seeds[event.sample]!,
          text: event.text,
          reason: event.reason,
          tokens: heard.map(({ text }) => text),
          logProbs: heard.map(({ logProb }) => logProb ?? null),
        });
      }
    }
  } catch (error) {
    if (wasRefused(error)) return { events: [{ type: "failed", ...task, message: error.message }] };
    return { events: events.sort((a, b) => a.sample - b.sample), error };
  }
  return { events: events.sort((a, b) => a.sample - b.sample) };
}
