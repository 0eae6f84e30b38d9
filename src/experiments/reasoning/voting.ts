import type { Vote } from "./cells";

/**
 * How likely the majority of `votes` of a question's answers is right, the votes being drawn from its answers without
 * replacement; ties go to what was said first, which is each tied answer alike [self-consistency: Wang 2022, arXiv
 * 2203.11171]. Exact, by counting draws. NaN where there are fewer answers than votes.
 */
export function chanceOfRightVote(answers: readonly Vote[], votes: number): number {
  const { right, wrong, silent } = patternOf(answers);
  const all = [...right, ...wrong];
  let ways = 0;
  for (let winner = 0; winner < right.length; winner++) {
    const others = all.filter((_, index) => index !== winner);
    for (let won = 1; won <= Math.min(votes, right[winner]!); won++) {
      ways += choose(right[winner]!, won) * waysOthersLose(others, silent, votes - won, won);
    }
  }
  return ways / choose(answers.length, votes);
}

/** What the chance depends on: how often each answer was given, and how many gave none. Equal texts, equal chances. */
export function votingPattern(answers: readonly Vote[]): string {
  const { right, wrong, silent } = patternOf(answers);
  return `${right.join(" ")}/${wrong.join(" ")}/${silent}`;
}

interface Pattern {
  readonly right: readonly number[];
  readonly wrong: readonly number[];
  readonly silent: number;
}

/** Answers that say the same share a verdict. */
function patternOf(answers: readonly Vote[]): Pattern {
  const counts = new Map<string, { count: number; right: boolean }>();
  let silent = 0;
  for (const { said, right } of answers) {
    if (said === undefined) {
      silent++;
      continue;
    }
    const count = counts.get(said) ?? { count: 0, right: false };
    counts.set(said, { count: count.count + 1, right: count.right || right });
  }
  const sizes = (wanted: boolean) =>
    [...counts.values()].flatMap(({ count, right }) => (right === wanted ? [count] : [])).sort((a, b) => b - a);
  return { right: sizes(true), wrong: sizes(false), silent };
}

/**
 * Ways to draw `drawn` answers from the others so that none is said more than `most` times; of `t` that are said just as
 * often, the winner comes first in one of t + 1 cases.
 */
function waysOthersLose(others: readonly number[], silent: number, drawn: number, most: number): number {
  // ways[n][t]: n drawn so far, t of them tied.
  let ways: number[][] = [[1]];
  for (const size of others) {
    const next: number[][] = [];
    ways.forEach((ties, before) => {
      ties.forEach((count, tied) => {
        for (let each = 0; each <= Math.min(size, most, drawn - before); each++) {
          next[before + each] ??= [];
          const row = next[before + each]!;
          const place = tied + (each === most ? 1 : 0);
          row[place] = (row[place] ?? 0) + count * choose(size, each);
        }
      });
    });
    ways = next;
  }
  let total = 0;
  ways.forEach((ties, before) => {
    const rest = choose(silent, drawn - before);
    ties.forEach((count, tied) => {
      total += (count * rest) / (tied + 1);
    });
  });
  return total;
}

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
