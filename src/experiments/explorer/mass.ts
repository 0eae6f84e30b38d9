import type { NextDistribution } from "./data";

/** A number that is only known to lie between two; `estimate` is what is shown, with ≈ where the two differ. */
export interface Range {
  readonly low: number;
  readonly estimate: number;
  readonly high: number;
}

/**
 * Weights of the tokens at one moment on the way through the sampler, not normalised. Known tokens have a weight each;
 * the others are one bucket, of which the sum is bounded and no single one is heavier than `cap`.
 */
export interface Mass {
  /** As long as the distribution's entries; 0 for what was removed. */
  readonly weights: Float64Array;
  readonly tail: Range;
  /** Tokens in the tail; null where unknown. */
  readonly tailTokens: number | null;
  readonly cap: number;
}

export const noTail: Range = { low: 0, estimate: 0, high: 0 };

export function exactly(value: number): Range {
  return { low: value, estimate: value, high: value };
}

/** The model's own: weights relative to the likeliest token, so that nothing under- or overflows. */
export function rawMass({ entries, tail, tailTokens, ceiling }: NextDistribution): Mass {
  const most = entries.reduce((max, { logProb }) => Math.max(max, logProb), Number.NEGATIVE_INFINITY);
  return {
    weights: Float64Array.from(entries, ({ logProb }) => Math.exp(logProb - most)),
    tail: tailTokens === 0 ? noTail : exactly(tail * Math.exp(-most)),
    tailTokens,
    cap: Math.exp(ceiling - most),
  };
}

/**
 * Known tokens from the heaviest on; of equals the first stays first. Those lighter than the cap come after an unknown
 * number of the tail's: `ranked` says how many come before.
 */
export function byWeight({ weights, tail, cap }: Mass): { order: Uint32Array; ranked: number } {
  const order = Uint32Array.from(weights.keys()).sort((a, b) => weights[b]! - weights[a]! || a - b);
  const first = tail.high === 0 ? -1 : order.findIndex((index) => weights[index]! < cap);
  return { order, ranked: first < 0 ? order.length : first };
}

export function knownWeight({ weights }: Mass): number {
  let sum = 0;
  // Smallest first would be more exact still; with doubles and 2^17 tokens the difference is under 1e-12.
  for (const weight of weights) sum += weight;
  return sum;
}
