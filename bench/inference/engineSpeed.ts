import { type Engine, plainSampler, type Sampler } from "../../src/inference/engine";

/** The samplers that are measured. */
export const samplers: Readonly<Record<string, Sampler>> = {
  "temperature 1": plainSampler,
  "0.8, top-k 40, top-p 0.95": { ...plainSampler, temperature: 0.8, topK: 40, topP: 0.95 },
};

export interface Timed {
  readonly ms: number;
  /** Until the first token, milliseconds. */
  readonly firstMs: number;
}

/** Samples as panels do, with five alternatives for each token. */
export async function decode(
  engine: Engine,
  ids: readonly number[],
  seeds: readonly number[],
  sampler: Sampler,
  maxTokens: number,
): Promise<Timed> {
  const start = performance.now();
  let firstMs = 0;
  for await (const event of engine.sample({ prompt: { kind: "tokens", ids }, seeds, sampler, maxTokens, topK: 5 })) {
    if (firstMs === 0 && event.kind === "token") firstMs = performance.now() - start;
  }
  return { ms: performance.now() - start, firstMs };
}

/** Seeds whose samples do not end before the last token, so that both loops do the same work. */
export async function lastingSeeds(
  engine: Engine,
  ids: readonly number[],
  sampler: Sampler,
  maxTokens: number,
  wanted: number,
): Promise<number[]> {
  const found: number[] = [];
  for (let from = 0; found.length < wanted && from < 300; from += 10) {
    const seeds = Array.from({ length: 10 }, (_, index) => from + index);
    const request = { prompt: { kind: "tokens", ids }, seeds, sampler, maxTokens, topK: 0 } as const;
    for await (const event of engine.sample(request)) {
      if (event.kind === "end" && event.tokens === maxTokens) found.push(seeds[event.sample]!);
    }
  }
  return found.slice(0, wanted);
}
