import { type Engine, EngineError, type Prompt } from "../../inference/engine";
import { TokenParts } from "../../inference/tokenParts";
import type { Engines } from "../experiment";
import { inOrder, type Outcome } from "../inOrder";
import { isChat, seedOf } from "../reasoning/ask";
import { wasRefused } from "../refused";
import { countedBy } from "../tokenCount";
import { answersOf, matchesOf } from "./matches";
import { type AnswerId, type ArenaEvent, type ArenaSpec, answerKey, type Contestant } from "./spec";

/** What is heard of answers before they are whole: nothing that belongs into the record. */
export interface Progress {
  /** One more token of an answer. */
  token(answer: AnswerId, text: string): void;
}

/**
 * Makes all answers, leaving out what is `done`; people vote meanwhile. An answer is drawn for a contestant, a prompt and a
 * round: it says the same whoever it meets. Ends with an `ended` event; when aborted it rejects with the signal's reason. An
 * answer that an engine refuses becomes a `failed` event; what ends an engine itself rejects.
 */
export async function* runArena(
  spec: ArenaSpec,
  engines: Engines,
  signal: AbortSignal,
  done: readonly ArenaEvent[] = [],
  progress?: Progress,
): AsyncGenerator<ArenaEvent> {
  const opened = new Map<string, Engine>();
  for (const { model } of spec.contestants) {
    if (opened.has(model)) continue;
    const engine = await engines(model, signal);
    opened.set(model, engine);
    if (!done.some((event) => event.type === "model" && event.model.id === engine.model.id)) {
      yield { type: "model", model: engine.model };
    }
    const { sample } = engine.capabilities;
    if (!sample.available) throw new EngineError("unsupported", `${engine.model.name} cannot answer: ${sample.reason}`);
  }
  const known = new Set(done.flatMap((event) => (event.type === "answer" ? [answerKey(event)] : [])));
  const work = answersOf(spec, matchesOf(spec)).filter((answer) => {
    const key = answerKey(answer);
    return !known.has(key) && known.add(key); // each once, however many matches show it
  });
  yield* inOrder(work, opened.size, signal, (answer, stop) => answered(spec, answer, opened, stop, progress));
  yield { type: "ended", reason: "done" };
}

async function answered(
  spec: ArenaSpec,
  id: AnswerId,
  opened: ReadonlyMap<string, Engine>,
  signal: AbortSignal,
  progress: Progress | undefined,
): Promise<Outcome<ArenaEvent>> {
  const contestant = spec.contestants.find((each) => each.id === id.contestant)!;
  const prompt = spec.prompts.find((each) => each.id === id.prompt)!;
  const engine = opened.get(contestant.model)!;
  const seed = seedOf(spec.seed, id.prompt, id.contestant, id.round);
  const { sampler, maxTokens, stops } = contestant;
  const asked = promptFor(engine, contestant, prompt.text);
  const request = { prompt: asked, seeds: [seed], sampler, maxTokens, topK: 0, ...(stops && { stop: stops }) };
  const parts = new TokenParts();
  const tokens: string[] = [];
  const logProbs: (number | null)[] = [];
  try {
    for await (const event of engine.sample(request, signal)) {
      if (event.kind === "token") {
        const part = parts.add(event.token);
        tokens.push(part);
        logProbs.push(event.token.logProb ?? null);
        progress?.token(id, part);
      } else {
        const { text, reason } = event;
        const counted = countedBy(event, logProbs);
        return { events: [{ type: "answer", ...id, seed, text, reason, tokens, logProbs, ...counted }] };
      }
    }
  } catch (error) {
    return wasRefused(error) ? { events: [{ type: "failed", ...id, message: error.message }] } : { events: [], error };
  }
  const message = `${engine.model.name} ended without an answer. Run the comparison again.`;
  return { events: [], error: new EngineError("crashed", message) };
}

function promptFor(engine: Engine, contestant: Contestant, prompt: string): Prompt {
  const text = contestant.template.split("{prompt}").join(prompt);
  if (!isChat(contestant, engine)) return { kind: "text", text };
  const system = contestant.system ? [{ role: "system", content: contestant.system }] : [];
  return { kind: "chat", messages: [...system, { role: "user", content: text }] };
}
