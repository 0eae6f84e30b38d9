import type { LlamaGrammarEvaluationState } from "node-llama-cpp";
import { EngineError, type SampleEvent, type SampleRequest } from "../../engine";
import { Chooser } from "./choosing";
import type { Decoder } from "./decoder";
import { Generation } from "./generation";
import type { RowReader } from "./rowReader";
import type { Slot, Slots } from "./slots";
import type { Vocabulary } from "./vocabulary";

export interface SamplingParts {
  readonly decoder: Decoder;
  readonly rows: RowReader;
  readonly slots: Slots;
  readonly vocabulary: Vocabulary;
  readonly contextSize: number;
  acceptGrammarToken(state: LlamaGrammarEvaluationState, token: number): void;
  onSampled(tokens: number, milliseconds: number): void;
}

/**
 * Runs the samples of a request side by side: the prompt's beginning is evaluated once and copied to each sequence, then
 * every step is one batch with the next token of each sample. (A copy took 0.7 ms for the specimen and 2.3 ms for SmolLM2-135M
 * with contexts of 512: less than evaluating three tokens.) Samples beyond the free sequences begin as others end.
 *
 * Reproducible: a draw depends on the seed and the logits alone, and logits on nothing outside the request, since batches
 * are never shared between requests. On llama.cpp's CPU layer they do not depend on the batch at all: a row of 1, of a
 * batch of 10, and of a prefill in chunks of any size were found equal bit by bit (Q8_0, Q4_1, one and two threads). Where
 * a build's kernels do differ (the engine tries it when it loads), prompts are evaluated from their beginning, so the same
 * request still gives the same texts; a seed then belongs to its request, with the number of its samples.
 */
export async function* runSamples(
  parts: SamplingParts,
  prompt: readonly number[],
  request: SampleRequest,
  newGrammar: () => LlamaGrammarEvaluationState | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<SampleEvent> {
  const { decoder, slots } = parts;
  const head = prompt.slice(0, -1);
  const chooser = new Chooser(parts.rows, parts.vocabulary, request);
  const pending = request.seeds.map((_, index) => index);
  const taken = await slots.take(prompt, request.seeds.length, signal);
  const grammars = new Map<Generation, LlamaGrammarEvaluationState>();
  const begin = (slot: Slot): Generation[] => {
    const index = pending.shift();
    if (index === undefined) return [];
    const generation = new Generation(
      index,
      slot,
      request,
      prompt[prompt.length - 1]!,
      parts.contextSize - prompt.length,
    );
    const grammar = newGrammar();
    if (grammar) grammars.set(generation, grammar);
    return [generation];
  };
  try {
    await share(parts, taken, head, signal);
    let live = taken.toSorted((a, b) => a.sequence - b.sequence).flatMap(begin); // llama.cpp splits batches out of order
    while (live.length > 0) {
      const start = performance.now();
      const tokens = await decoder.turn(async () => {
        const rows = await decoder.decode(live.map(({ slot, feed }) => ({ slot, tokens: [feed], wanted: [0] })));
        return Promise.all(
          live.map((generation, index) =>
            chooser.choose(
              rows[index]![0]!,
              [...prompt.slice(-64), ...generation.drawn.slice(-64)],
              grammars.get(generation),
              generation.random,
            ),
          ),
        );
      }, signal);
      parts.onSampled(live.length, performance.now() - start);
      const going: Generation[] = [];
      for (const [index, generation] of live.entries()) {
        const token = tokens[index];
        const grammar = grammars.get(generation);
        const events = advance(parts, request, generation, token, grammar);
        yield* events;
        if (events.at(-1)?.kind !== "end") going.push(generation);
        else if (pending.length > 0 && !(slots.wanted && live.length > 1)) {
          await decoder.prepare(generation.slot, head, signal);
          going.push(...begin(generation.slot));
        } else {
          taken.splice(taken.indexOf(generation.slot), 1);
          slots.give([generation.slot]);
        }
      }
      live = going;
    }
  } finally {
    slots.give(taken);
  }
}

/** Evaluates `head` in the first sequence, as far as it does not hold it, and copies it to the others. */
async function share(
  { decoder }: SamplingParts,
  [first, ...others]: readonly Slot[],
  head: readonly number[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!first) return;
  if (!decoder.batchInvariant) await decoder.turn(async () => decoder.clear(first), signal);
  await decoder.prepare(first, head, signal);
  for (const slot of others) if (!(await decoder.copy(first, slot))) await decoder.prepare(slot, head, signal);
}

function advance(
  { vocabulary, acceptGrammarToken }: SamplingParts,
  request: SampleRequest,
  generation: Generation,
  token: Awaited<ReturnType<Chooser["choose"]>>,
  grammar: LlamaGrammarEvaluationState | undefined,
): SampleEvent[] {
  if (!token) return generation.end("grammar");
  if (vocabulary.isEnd(token.id)) return generation.end(grammar ? "grammar" : "endToken");
  if (request.stopTokens?.includes(token.id)) return generation.end("stopToken");
  if (grammar) acceptGrammarToken(grammar, token.id);
  return generation.push(token, vocabulary.bytes(token.id));
}

/** Throws EngineError "badInput" for a request that makes no sense. */
export function checkRequest(request: SampleRequest, vocabulary: Vocabulary): void {
  const { sampler } = request;
  const refuse = (message: string): never => {
    throw new EngineError("badInput", message);
  };
  const seed = request.seeds.find((each) => !Number.isInteger(each) || each < 0 || each > 0xffff_ffff);
  if (seed !== undefined) refuse(`The seed ${seed} is not a whole number of 0 to 4,294,967,295.`);
  if (!(Number.isInteger(request.maxTokens) && request.maxTokens >= 0))
    refuse("maxTokens must be a whole number, 0 or more.");
  if (!(sampler.temperature >= 0 && sampler.temperature < Infinity)) refuse("The temperature must be 0 or more.");
  if (!(Number.isInteger(sampler.topK) && sampler.topK >= 0)) refuse("Top-k must be a whole number, 0 or more.");
  if (!(sampler.topP > 0 && sampler.topP <= 1)) refuse("Top-p must lie above 0 and be at most 1.");
  if (!(sampler.minP >= 0 && sampler.minP <= 1)) refuse("Min-p must lie between 0 and 1.");
  if (!(sampler.repetitionPenalty > 0 && sampler.repetitionPenalty < Infinity))
    refuse("The repetition penalty must be above 0.");
  if (request.stop?.includes("")) refuse("A stop text must not be empty.");
  for (const { id, bias } of request.logitBias ?? []) {
    if (!vocabulary.has(id)) refuse(`The model has no token with the id ${id} to bias.`);
    if (Number.isNaN(bias) || bias === Infinity) refuse(`The bias of token ${id} must be a number, or -Infinity.`);
  }
  const stop = request.stopTokens?.find((id) => !vocabulary.has(id));
  if (stop !== undefined) refuse(`The model has no token with the id ${stop} to stop at.`);
}
