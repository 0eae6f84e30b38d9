import { type Engine, EngineError, type Prompt } from "../../inference/engine";
import type { Engines } from "../experiment";
import { inOrder, type Outcome } from "../inOrder";
import { isChat, seedOf } from "../reasoning/ask";
import { wasRefused } from "../refused";
import { type Match, matchesOf } from "./matches";
import type { ArenaEvent, ArenaSpec, Contestant, MatchEvent } from "./spec";

/**
 * Makes the answers of all matches, in their order, leaving out what is `done`; people vote meanwhile. Ends with an `ended`
 * event; when aborted it rejects with the signal's reason. A match that an engine refuses becomes a `failed` event; what
 * ends an engine itself rejects.
 */
export async function* runArena(
  spec: ArenaSpec,
  engines: Engines,
  signal: AbortSignal,
  done: readonly ArenaEvent[] = [],
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
  const known = new Set(done.flatMap((event) => (event.type === "match" ? [event.match] : [])));
  const work = matchesOf(spec).filter(({ id }) => !known.has(id));
  yield* inOrder(work, 1, signal, (match, stop) => play(spec, match, opened, stop));
  yield { type: "ended", reason: "done" };
}

async function play(
  spec: ArenaSpec,
  match: Match,
  opened: ReadonlyMap<string, Engine>,
  signal: AbortSignal,
): Promise<Outcome<ArenaEvent>> {
  const side = (contestant: Contestant) => answer(opened.get(contestant.model)!, spec, match, contestant, signal);
  try {
    const left = await side(match.left);
    const right = await side(match.right);
    return { events: [{ type: "match", match: match.id, left, right }] };
  } catch (error) {
    if (!wasRefused(error)) return { events: [], error };
    return { events: [{ type: "failed", match: match.id, message: error.message }] };
  }
}

async function answer(
  engine: Engine,
  spec: ArenaSpec,
  { prompt, round }: Match,
  contestant: Contestant,
  signal: AbortSignal,
): Promise<MatchEvent["left"]> {
  // The contestant's own draw, whoever it meets: the same answer stands in all its matches of a round.
  const seed = seedOf(spec.seed, prompt.id, contestant.id, round);
  const { sampler, maxTokens, stops } = contestant;
  const asked = promptFor(engine, contestant, prompt.text);
  const request = { prompt: asked, seeds: [seed], sampler, maxTokens, topK: 0, ...(stops && { stop: stops }) };
  for await (const event of engine.sample(request, signal)) {
    if (event.kind === "end") return { text: event.text, seed, tokens: event.tokens };
  }
  throw new EngineError("crashed", `${engine.model.name} ended without an answer. Run the comparison again.`);
}

function promptFor(engine: Engine, contestant: Contestant, prompt: string): Prompt {
  const text = contestant.template.split("{prompt}").join(prompt);
  if (!isChat(contestant, engine)) return { kind: "text", text };
  const system = contestant.system ? [{ role: "system", content: contestant.system }] : [];
  return { kind: "chat", messages: [...system, { role: "user", content: text }] };
}
