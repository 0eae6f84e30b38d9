import { z95 } from "./rate";

/** A difference with its interval. */
export interface Difference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Pairs it rests on. */
  readonly pairs: number;
}

/**
 * Mean of paired differences (one number for each question: its rate in one arm less that in the other) with a 95 %
 * interval from the standard error over questions [Miller 2024, arXiv 2411.00640, section 4.2]. Samples of one question
 * must be averaged first, so that questions are the unit. With fewer than two pairs the interval is unbounded. Where all
 * differences are the same the standard error is no guide: then at most 1 - 0.05^(1/n) of all questions differ [rule of
 * three: Hanley 1983, JAMA 249:1743], each at most as far as a difference of rates can be.
 */
export function pairedDifference(differences: readonly number[]): Difference {
  const pairs = differences.length;
  const mean = differences.reduce((total, value) => total + value, 0) / pairs;
  if (pairs < 2) return { mean, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, pairs };
  if (differences.every((value) => value === differences[0])) {
    const unseen = 1 - 0.05 ** (1 / pairs);
    return { mean, low: mean - unseen * (1 + mean), high: mean + unseen * (1 - mean), pairs };
  }
  const variance = differences.reduce((total, value) => total + (value - mean) ** 2, 0) / (pairs - 1);
  const half = z95 * Math.sqrt(variance / pairs);
  return { mean, low: mean - half, high: mean + half, pairs };
}

/** Questions by what two arms made of them, once each. */
export interface PairedCounts {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/**
 * Two-sided p of the exact McNemar test: whether the questions that only one arm has right lean to one side, by the
 * binomial distribution at 1/2 over those alone [McNemar 1947, Psychometrika 12:153]. 1 when there are none.
 */
export function mcnemarExact({ onlyFirst, onlySecond }: Pick<PairedCounts, "onlyFirst" | "onlySecond">): number {
  const discordant = onlyFirst + onlySecond;
  const fewer = Math.min(onlyFirst, onlySecond);
  // Terms grow from k = 0 on; in logarithms, since 2^-n is 0 from n = 1,075 on.
  let logTerm = -discordant * Math.LN2;
  let tail = Math.exp(logTerm);
  for (let k = 1; k <= fewer; k++) {
    logTerm += Math.log((discordant - k + 1) / k);
    tail += Math.exp(logTerm);
  }
  return Math.min(1, 2 * tail);
}

/**
 * Questions needed in all to find the seen difference with 80 % power at 5 %, two-sided, by McNemar's test
 * [Connor 1987, Biometrics 43:207]. Infinite where the arms do not differ at all.
 */
export function questionsToTell({ both, onlyFirst, onlySecond, neither }: PairedCounts): number {
  const questions = both + onlyFirst + onlySecond + neither;
  const discordant = (onlyFirst + onlySecond) / questions;
  const difference = Math.abs(onlyFirst - onlySecond) / questions;
  if (!(difference > 0)) return Number.POSITIVE_INFINITY;
  const spread = Math.sqrt(Math.max(0, discordant - difference ** 2));
  return Math.ceil(((z95 * Math.sqrt(discordant) + zPower * spread) / difference) ** 2);
}

/** The standard normal's quantile at 80 %. */
const zPower = 0.8416212335729143;

/**
 * Holm's correction for several tests [Holm 1979, Scand. J. Stat. 6:65]: adjusted p values in the order given, each to be
 * held against the level as it is.
 */
export function holm(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const adjusted = new Array<number>(values.length).fill(1);
  let largest = 0;
  order.forEach((index, place) => {
    largest = Math.max(largest, Math.min(1, (values.length - place) * values[index]!));
    adjusted[index] = largest;
  });
  return adjusted;
}
