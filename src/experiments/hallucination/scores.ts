import { seededRandom } from "../../inference/random";
import { natsToBits } from "../../inference/surprisal";
import { drained } from "../drained";
import { bootstrappingError } from "../statistics/bootstrap";
import { entropyOfCounts } from "../statistics/ranking";
import { z95 } from "../statistics/rate";
import type { AnswerEvent } from "./spec";

/** Discrete semantic entropy in bits: of the shares of answers in each cluster [Farquhar 2024, Nature 630:625, eq. 8]. */
export function semanticEntropy(ids: readonly number[]): number {
  return natsToBits(entropyOfCounts(sizes(ids)));
}

/** Answers in each cluster. */
export function sizes(ids: readonly number[]): number[] {
  const counts = new Array<number>(Math.max(-1, ...ids) + 1).fill(0);
  for (const id of ids) counts[id]!++;
  return counts;
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * 95 % interval of a semantic entropy, bits: the estimate with the bootstrap's standard error to either side, cut at 0 and
 * log2 n. A percentile interval would lie too low, since an entropy resampled is biased low. Where all answers agree nothing
 * varies, and the upper end is that of one more, different answer: [0, H(1/(n+1))].
 */
export function entropyInterval(ids: readonly number[], seed: number): Interval {
  return drained(resamplingEntropy(ids, seed));
}

/** The same with pauses: 10,000 resamples take long enough to be felt. */
export function* resamplingEntropy(ids: readonly number[], seed: number): Generator<void, Interval> {
  const estimate = semanticEntropy(ids);
  if (estimate === 0) return { low: 0, high: natsToBits(entropyOfCounts([ids.length, 1])) };
  const random = seededRandom(seed);
  const half = z95 * (yield* bootstrappingError({ values: ids, statistic: semanticEntropy, random }));
  return { low: Math.max(0, estimate - half), high: Math.min(Math.log2(ids.length), estimate + half) };
}

/**
 * Mean negative log-probability of an answer's own tokens, nats a token; what only ended it is left out. Of the greedy
 * answer it is a score of its own: cheap and hard to beat [Aichberger 2024, arXiv 2412.15176, there as a sum]. Undefined
 * where the engine gives no log-probabilities or nothing was said.
 */
export function meanSurprisal({
  text,
  tokens,
  logProbs,
}: Pick<AnswerEvent, "text" | "tokens" | "logProbs">): number | undefined {
  let [length, sum, counted] = [0, 0, 0];
  for (let index = 0; index < tokens.length && length < text.length; index++) {
    const logProb = logProbs[index];
    if (logProb === null || logProb === undefined) return undefined;
    length += tokens[index]!.length;
    sum -= logProb;
    counted++;
  }
  return counted > 0 ? sum / counted : undefined;
}

/**
 * Naive entropy, nats a token: the mean over samples of each one's length-normalized negative log-probability, whatever
 * they mean [the baseline of Farquhar 2024; Malinin and Gales 2021, arXiv 2002.07650]. Undefined as `meanSurprisal`.
 */
export function naiveEntropy(
  answers: readonly Pick<AnswerEvent, "text" | "tokens" | "logProbs">[],
): number | undefined {
  const each = answers.map(meanSurprisal).filter((value) => value !== undefined);
  return each.length > 0 ? each.reduce((sum, value) => sum + value, 0) / each.length : undefined;
}

export interface TruthProbability {
  /** P(True) among True and False alone, 0 to 1. */
  readonly probability: number;
  /** Probability that the model says either of the two at all, 0 to 1: far below 1 it did not understand the question. */
  readonly mass: number;
}

/** P(True) from the log-probabilities of the two labels, renormalized over them [Kadavath 2022, arXiv 2207.05221]. */
export function truthProbability({ yes, no }: { readonly yes: number; readonly no: number }): TruthProbability {
  // In logarithms, since both may be far below the smallest number.
  return { probability: 1 / (1 + Math.exp(no - yes)), mass: Math.exp(yes) + Math.exp(no) };
}
