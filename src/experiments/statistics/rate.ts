/** A share of successes with its interval, all 0 to 1. */
export interface Rate {
  readonly successes: number;
  readonly trials: number;
  /** NaN with no trials. */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** The standard normal's quantile at 97.5 %: what a 95 % interval reaches to either side. */
export const z95 = 1.959963984540054;

/**
 * A rate with its Wilson score interval of 95 % [Wilson 1927, J. Am. Stat. Assoc. 22:209]. It stays within 0 and 1 and is
 * honest near both ends, where the usual ± is not. With no trials the interval is everything.
 */
export function wilson(successes: number, trials: number): Rate {
  return { successes, trials, ...wilsonOf(successes / trials, trials) };
}

/** From so many questions on their spread is known well enough to trust several answers to each with more than one. */
export const fewestClusters = 10;

/**
 * A rate over questions that were each asked several times. Samples of one question are alike, so the questions are the
 * unit: the clustered standard error [Miller 2024, arXiv 2411.00640, eq. 4] gives the number of independent trials that
 * would be as sure, and Wilson's interval is taken with that number. Where all questions agree (no variance to be seen),
 * and below `fewestClusters`, where the variance itself is hardly known, it is at most the number of questions.
 */
export function clusteredRate(questions: readonly { readonly successes: number; readonly trials: number }[]): Rate {
  const asked = questions.filter(({ trials }) => trials > 0);
  const trials = sum(asked.map((question) => question.trials));
  const successes = sum(asked.map((question) => question.successes));
  const rate = successes / trials;
  const variance = sum(asked.map((question) => (question.successes - question.trials * rate) ** 2)) / trials ** 2;
  const most = asked.length < fewestClusters ? asked.length : trials;
  const effective = variance > 0 ? Math.min(most, (rate * (1 - rate)) / variance) : asked.length;
  return { successes, trials, ...wilsonOf(rate, effective) };
}

function wilsonOf(rate: number, trials: number): Pick<Rate, "rate" | "low" | "high"> {
  if (!(trials > 0)) return { rate: Number.NaN, low: 0, high: 1 };
  const z2 = z95 ** 2 / trials;
  const centre = (rate + z2 / 2) / (1 + z2);
  const half = Math.sqrt(rate * (1 - rate) * z2 + z2 ** 2 / 4) / (1 + z2);
  return { rate, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
