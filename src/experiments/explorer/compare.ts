import type { NextDistribution, Token } from "./data";
import type { Stage } from "./stages";

/** One side: a distribution and the stage of it to compare (raw, or what its sampler draws from). */
export interface Side {
  readonly distribution: NextDistribution;
  readonly stage: Stage;
}

export interface Mover {
  readonly token: Token;
  /** Probability on each side; null where the token lies in that side's tail, which is then no more than `atMost`. */
  readonly a: number | null;
  readonly b: number | null;
  readonly atMost: number;
  /** b - a, with a tail's token counted as 0. */
  readonly change: number;
}

export interface Comparison {
  /** KL(a || b) and KL(b || a) in bits; Infinity where a side excludes what the other one expects. */
  readonly klAB: number;
  readonly klBA: number;
  /** Jensen-Shannon divergence in bits, 0 to 1 [Lin 1991, IEEE Trans. Inf. Theory 37:145]. */
  readonly jensenShannon: number;
  /** Half the sum of absolute differences, 0 to 1: the largest difference in the probability of any event. */
  readonly totalVariation: number;
  /** False: tokens known on one side only are in one bucket with the rest, so that all four are lower bounds. */
  readonly exact: boolean;
  /** Matched by text, since the ids of the two tokenizers mean different things. */
  readonly byText: boolean;
  /** Probability that lies in the common bucket. */
  readonly bucket: { readonly a: number; readonly b: number };
  /** Largest changes first. */
  readonly movers: readonly Mover[];
}

/**
 * How far two distributions over next tokens lie apart. Tokens that both sides know are compared one by one; all others
 * are one bucket, and merging outcomes can only bring distributions nearer [data processing inequality, Cover and Thomas
 * 2006, section 2.8]: the figures are lower bounds then, and `exact` is false. Where ids are of different tokenizers, tokens
 * are matched by their text, tokens of one side with the same text taken together.
 */
export function compare(a: Side, b: Side, options: { readonly byText: boolean }): Comparison {
  const [left, right] = [probabilitiesOf(a, options.byText), probabilitiesOf(b, options.byText)];
  const keys = new Set([...left.keys(), ...right.keys()]);
  const pairs: [number, number][] = [];
  const movers: Mover[] = [];
  const bucket = { a: a.stage.tail.estimate, b: b.stage.tail.estimate };
  for (const key of keys) {
    const [p, q] = [probabilityOf(left, key, a), probabilityOf(right, key, b)];
    if (p !== null && q !== null) pairs.push([p, q]);
    else {
      bucket.a += p ?? 0;
      bucket.b += q ?? 0;
    }
    const { token } = (left.get(key) ?? right.get(key))!;
    const atMost = p === null ? capOf(a) : q === null ? capOf(b) : 0;
    movers.push({ token, a: p, b: q, atMost, change: (q ?? 0) - (p ?? 0) });
  }
  if (bucket.a > 0 || bucket.b > 0) pairs.push([bucket.a, bucket.b]);
  const merged = bucket.a > 0 && bucket.b > 0;
  return {
    ...divergences(pairs),
    exact: a.stage.exact && b.stage.exact && !merged,
    byText: options.byText,
    bucket,
    movers: movers.sort((x, y) => Math.abs(y.change) - Math.abs(x.change)),
  };
}

interface Known {
  readonly token: Token;
  probability: number;
}

function probabilitiesOf({ distribution, stage }: Side, byText: boolean): Map<number | string, Known> {
  const known = new Map<number | string, Known>();
  for (const [index, entry] of distribution.entries.entries()) {
    const { logProb: _, ...token } = entry;
    const key = byText ? textKey(token) : token.id;
    const probability = stage.probabilities[index]!;
    const there = known.get(key);
    if (there) there.probability += probability;
    else known.set(key, { token, probability });
  }
  return known;
}

/** Parts of characters look alike as text, so their bytes count. */
function textKey({ text, bytes, special }: Token): string {
  return `${special ? "special" : bytes === undefined ? "text" : "bytes"}:${bytes ?? text}`;
}

/** Null where the token may have a share of the side's tail. 0 where the side surely excludes it. */
function probabilityOf(known: Map<number | string, Known>, key: number | string, { stage }: Side): number | null {
  return known.get(key)?.probability ?? (stage.tail.high > 0 ? null : 0);
}

/** What a token of the tail has at most: the whole tail, or as much as the least likely token that surely beats it. */
function capOf({ distribution, stage }: Side): number {
  const last = distribution.entries.findLastIndex(({ logProb }) => logProb >= distribution.ceiling);
  return Math.min(stage.tail.high, stage.probabilities[last] ?? stage.tail.high);
}

/** Of pairs of probabilities that sum to 1 on each side. */
export function divergences(pairs: readonly (readonly [number, number])[]): {
  klAB: number;
  klBA: number;
  jensenShannon: number;
  totalVariation: number;
} {
  let [klAB, klBA, jensenShannon, totalVariation] = [0, 0, 0, 0];
  for (const [p, q] of pairs) {
    const middle = (p + q) / 2;
    klAB += term(p, q);
    klBA += term(q, p);
    jensenShannon += (term(p, middle) + term(q, middle)) / 2;
    totalVariation += Math.abs(p - q) / 2;
  }
  // Rounding may leave a hair below 0 or above 1.
  return {
    klAB: Math.max(0, klAB),
    klBA: Math.max(0, klBA),
    jensenShannon: Math.min(1, Math.max(0, jensenShannon)),
    totalVariation: Math.min(1, totalVariation),
  };
}

function term(p: number, q: number): number {
  if (p === 0) return 0;
  return q === 0 ? Number.POSITIVE_INFINITY : p * Math.log2(p / q);
}
