import type { Entropy } from "../../engine";
import type { Candidates } from "./candidates";

/** What a bound may leave open while the entropy still counts as exact, in nats. */
const EXACT_WITHIN = 5e-4;

/**
 * Entropy of a distribution of which the top and the whole weight are known.
 *
 * The rest's share lies between two bounds: each of its tokens is no likelier than the last one seen, and they are no more
 * even than all alike. Where the bounds meet within 5e-4 nats, the middle is exact enough for any display; otherwise the
 * lower bound is given (at least the rest as one bucket) and marked so.
 */
export function entropyOf(candidates: Candidates, vocabularySize: number): Entropy {
  const { ids, logits, logWeight } = candidates;
  let seen = 0;
  let nats = 0;
  for (const logit of logits) {
    const p = Math.exp(logit - logWeight);
    seen += p;
    nats += p * (logWeight - logit);
  }
  const tail = Math.max(0, 1 - seen);
  const rest = vocabularySize - ids.length;
  if (candidates.complete || rest <= 0 || tail === 0) return { nats: Math.max(0, nats), exact: true };
  const last = logits.length > 0 ? logWeight - logits[logits.length - 1]! : 0;
  const lower = tail * Math.max(-Math.log(tail), last);
  const upper = Math.max(lower, tail * Math.log(rest / tail));
  return upper - lower < EXACT_WITHIN
    ? { nats: nats + (lower + upper) / 2, exact: true }
    : { nats: nats + lower, exact: false };
}

/**
 * Entropy where sums told of the rest what was not seen of it: the logarithm of its weight, and its mean logit. Every
 * token's share of the entropy is p (logWeight - logit), so the mean is all that is needed.
 */
export function entropyWithRest({ logits, logWeight }: Candidates, restLogWeight: number, restMean: number): Entropy {
  let nats = 0;
  for (const logit of logits) nats += Math.exp(logit - logWeight) * (logWeight - logit);
  const tail = Math.exp(restLogWeight - logWeight);
  if (tail > 0) nats += tail * (logWeight - restMean);
  return { nats: Math.max(0, nats), exact: true };
}

/** Probability of what is not among the first `count` candidates, 0 to 1. */
export function tailAfter({ logits, logWeight, complete }: Candidates, count: number): number {
  if (complete) return logits.slice(count).reduceRight((sum, logit) => sum + Math.exp(logit - logWeight), 0);
  return Math.max(0, 1 - logits.slice(0, count).reduce((sum, logit) => sum + Math.exp(logit - logWeight), 0));
}
