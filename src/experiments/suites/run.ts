import { type Engine, EngineError, type Prompt, type SampleRequest } from "../../inference/engine";
import { TokenParts } from "../../inference/tokenParts";
import type { Engines } from "../experiment";
import { inOrder, type Outcome } from "../inOrder";
import { seedOf } from "../reasoning/ask";
import { wasRefused } from "../refused";
import { countedBy } from "../tokenCount";
import { type AnswerId, answerKey, type SuiteAnswerEvent, type SuitesEvent, type SuitesSpec } from "./spec";
import type { SuiteItem } from "./suite";

/** What is heard before answers are whole: nothing that belongs into the record. */
export interface SuitesProgress {
  /** One more token of an answer. */
  token(answer: AnswerId, text: string): void;
}

interface Work {
  readonly engine: Engine;
  readonly suite: string;
  readonly item: SuiteItem;
  /** Numbers of the samples that are still to come. */
  readonly samples: readonly number[];
}

/**
 * Asks every item of every suite of every model, leaving out what is `done`. Ends with an `ended` event; when aborted it
 * rejects with the signal's reason. An item that a model refuses, or cannot be asked because it has no chat or takes no
 * documents, becomes a `failed` event; what ends the engine itself rejects.
 */
export async function* runSuites(
  spec: SuitesSpec,
  engines: Engines,
  signal: AbortSignal,
  done: readonly SuitesEvent[] = [],
  progress?: SuitesProgress,
): AsyncGenerator<SuitesEvent> {
  const known = new Set(done.flatMap((event) => (event.type === "answer" ? [answerKey(event)] : [])));
  const all = Array.from({ length: spec.samples }, (_, sample) => sample);
  for (const model of spec.models) {
    const engine = await engines(model, signal);
    if (!done.some((event) => event.type === "model" && event.model.id === engine.model.id)) {
      yield { type: "model", model: engine.model };
    }
    const { sample } = engine.capabilities;
    if (!sample.available) throw new EngineError("unsupported", `${engine.model.name} cannot answer: ${sample.reason}`);
    const work = spec.suites.flatMap(({ id, items }) =>
      items.flatMap((item): Work[] => {
        const task = { model, suite: id, item: item.id };
        const samples = all.filter((each) => !known.has(answerKey({ ...task, sample: each })));
        return samples.length > 0 ? [{ engine, suite: id, item, samples }] : [];
      }),
    );
    const width = Math.max(1, Math.floor(sample.parallel / spec.samples));
    yield* inOrder(work, width, signal, (each, stop) => answers(spec, model, each, { signal: stop, progress }));
  }
  yield { type: "ended", reason: "done" };
}

async function answers(
  spec: SuitesSpec,
  model: string,
  { engine, suite, item, samples }: Work,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: SuitesProgress | undefined },
): Promise<Outcome<SuitesEvent>> {
  const task = { model, suite, item: item.id };
  const events: SuiteAnswerEvent[] = [];
  try {
    const request = requestOf(spec, engine, suite, item, samples);
    const { seeds } = request;
    const shown =
      samples.includes(0) && engine.capabilities.tokenize.available
        ? await tokensOf(engine, request.prompt, signal)
        : undefined;
    const parts = samples.map(() => new TokenParts());
    const tokens = samples.map((): string[] => []);
    const logProbs = samples.map((): (number | null)[] => []);
    for await (const event of engine.sample(request, signal)) {
      const sample = samples[event.sample]!;
      if (event.kind === "token") {
        const part = parts[event.sample]!.add(event.token);
        tokens[event.sample]!.push(part);
        logProbs[event.sample]!.push(event.token.logProb ?? null);
        progress?.token({ ...task, sample }, part);
        continue;
      }
      events.push({
        type: "answer",
        ...task,
        sample,
        seed: seeds[event.sample]!,
        text: event.text,
        reason: event.reason,
        ...(sample === 0 && shown && { prompt: shown }),
        tokens: tokens[event.sample]!,
        logProbs: logProbs[event.sample]!,
        ...countedBy(event, logProbs[event.sample]!),
      });
    }
  } catch (error) {
    if (wasRefused(error)) return { events: [{ type: "failed", ...task, message: error.message }] };
    return { events: inSampleOrder(events), error };
  }
  return { events: inSampleOrder(events) };
}

/** What an engine is asked for an item. Throws an EngineError where it has no chat, or takes no documents. */
export function requestOf(
  spec: SuitesSpec,
  engine: Engine,
  suite: string,
  item: SuiteItem,
  samples: readonly number[],
): SampleRequest {
  const { maxTokens, stops } = item;
  return {
    prompt: promptOf(engine, item),
    seeds: samples.map((sample) => seedOf(spec.seed, `${suite} ${item.id}`, "", sample)),
    ...{ sampler: spec.sampler, maxTokens, topK: 0, ...(stops && { stop: stops }) },
  };
}

function inSampleOrder(events: readonly SuiteAnswerEvent[]): SuiteAnswerEvent[] {
  return events.toSorted((a, b) => a.sample - b.sample);
}

async function tokensOf(engine: Engine, prompt: Prompt, signal: AbortSignal): Promise<string[]> {
  const { tokens } = await engine.render(prompt, signal);
  return tokens.map(({ text }) => text);
}

function promptOf({ model, capabilities }: Engine, { kind, text, system }: SuiteItem): Prompt {
  const capability = kind === "chat" ? capabilities.chat : capabilities.completion;
  if (!capability.available) throw new EngineError("unsupported", `${model.name}: ${capability.reason}`);
  if (kind === "document") return { kind: "text", text };
  const messages = [...(system ? [{ role: "system", content: system }] : []), { role: "user", content: text }];
  return { kind: "chat", messages };
}
