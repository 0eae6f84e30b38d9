import type { Sampler } from "../../engine";
import type { Candidates } from "./candidates";

export interface Drawn {
  readonly id: number;
  /** Probability with which it was drawn, after all stages. */
  readonly probability: number;
}

/**
 * Draws from candidates whose logits the temperature has already divided: top-k, then top-p, then min-p, each over what
 * the one before kept [Holtzman 2019, arXiv 1904.09751; Nguyen 2024, arXiv 2407.01082], then the token at the quantile
 * `u` of 0 to 1 of what is left, likeliest first.
 *
 * Undefined when the candidates do not reach far enough to tell: ask again with more of them.
 */
export function draw(candidates: Candidates, sampler: Omit<Sampler, "temperature" | "repetitionPenalty">, u: number) {
  const { ids, logits, logWeight } = candidates;
  const weights = logits.map((logit) => Math.exp(logit - logWeight));
  const whole = sum(weights, weights.length);
  let count = weights.length;
  let ends = candidates.complete; // whether nothing beyond `count` can be drawn
  let mass = candidates.complete ? whole : 1;
  if (sampler.topK > 0 && sampler.topK <= count) {
    count = sampler.topK;
    mass = sum(weights, count);
    ends = true;
  } else if (sampler.topK > 0 && !ends) return undefined;
  if (sampler.topP < 1) {
    let reached = 0;
    let kept = 0;
    while (kept < count && (kept === 0 || reached < sampler.topP * mass)) reached += weights[kept++]!;
    if (kept === count && !ends && reached < sampler.topP * mass) return undefined;
    count = kept;
    mass = reached;
    ends = true;
  }
  if (sampler.minP > 0) {
    const least = sampler.minP * (weights[0] ?? 0);
    const kept = weights.findIndex((weight, index) => index > 0 && (index >= count || weight < least));
    if (kept < 0 && !ends) return undefined;
    if (kept >= 0 && kept <= count) {
      count = kept;
      mass = sum(weights, count);
      ends = true;
    }
  }
  return at(ids, weights, count, mass, ends, u);
}

function at(
  ids: readonly number[],
  weights: readonly number[],
  count: number,
  mass: number,
  ends: boolean,
  u: number,
): Drawn | undefined {
  let passed = 0;
  for (let index = 0; index < count; index++) {
    const weight = weights[index]!;
    passed += weight;
    if (u * mass < passed || (ends && index === count - 1)) return { id: ids[index]!, probability: weight / mass };
  }
  return undefined;
}

function sum(weights: readonly number[], count: number): number {
  let total = 0;
  for (let index = 0; index < count; index++) total += weights[index]!;
  return total;
}
