/** One possible next token and the logit a model gave it. */
export interface Candidate {
  readonly token: string;
  readonly logit: number;
}

export interface SamplerOptions {
  /** 0 takes the likeliest token every time. */
  readonly temperature: number;
  /** Keeps the likeliest tokens whose probabilities add up to this much. */
  readonly topP: number;
  readonly seed: number;
}

/** Probabilities from logits; the largest is subtracted first so that nothing overflows. */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  const largest = Math.max(...logits);
  const weights = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Draws one token, the same for the same seed. Throws RangeError when there is nothing to draw from. */
export function sample(candidates: readonly Candidate[], { temperature, topP, seed }: SamplerOptions): Candidate {
  const sorted = [...candidates].sort((a, b) => b.logit - a.logit);
  const first = sorted[0];
  if (!first) throw new RangeError("no candidates to sample from");
  if (temperature === 0) return first;

  const probabilities = softmax(sorted.map(({ logit }) => logit), temperature);
  let kept = 0;
  let mass = 0;
  for (const probability of probabilities) {
    kept += 1;
    mass += probability;
    if (mass >= topP) break;
  }

  let rest = mulberry32(seed)() * mass;
  for (let i = 0; i < kept; i++) {
    rest -= probabilities[i] ?? 0;
    if (rest <= 0) return sorted[i] ?? first;
  }
  return first;
}

/** A small generator of random numbers in [0, 1) (Tommy Ettinger's mulberry32, public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
