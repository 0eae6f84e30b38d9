import type { NextDistribution } from "./data";
import { type Mass, rawMass } from "./mass";

/** The penalty looks at this many of the last tokens, as llama.cpp's default does. */
export const penaltyReach = 64;

/**
 * Repetition penalty [Keskar 2019, arXiv 1909.05858]: the logit of each recent token is divided by the penalty when it is
 * positive and multiplied by it when it is negative. Undefined where the engine gives no logits.
 */
export function penalize(distribution: NextDistribution, penalty: number, recent: readonly number[]): Mass | undefined {
  const { entries, logitShift } = distribution;
  if (logitShift === null) return undefined;
  const seen = new Set(recent.slice(-penaltyReach));
  const mass = rawMass(distribution);
  const weights = mass.weights.map((weight, index) => {
    const { id, logProb } = entries[index]!;
    if (!seen.delete(id)) return weight;
    const logit = logProb + logitShift;
    return weight * Math.exp((logit > 0 ? logit / penalty : logit * penalty) - logit);
  });
  // Recent tokens that are left over lie in the tail: it weighs less than before by an unknown part of it.
  if (seen.size === 0 || mass.tail.high === 0) return { ...mass, weights };
  const { estimate } = mass.tail;
  const tail =
    penalty > 1 ? { low: 0, estimate, high: estimate } : { low: estimate, estimate, high: Number.POSITIVE_INFINITY };
  return { ...mass, weights, tail, ...(penalty < 1 && { cap: Number.POSITIVE_INFINITY }) };
}
