import { drained } from "../drained";
import { groupedBy } from "../groupedBy";
import { quantile } from "./bootstrap";

/** One comparison: 1 where the first won, 0 where the second did, 0.5 for a tie. Contestants by index. */
export interface Comparison {
  readonly first: number;
  readonly second: number;
  readonly score: 0 | 0.5 | 1;
  /** What it was made on (a prompt): comparisons on the same are no independent ones. Without one each stands for itself. */
  readonly unit?: string;
}

/** How far the maximum is followed: to the last digit for the estimate, as far as an interval shows for a resample. */
interface Pursuit {
  readonly steps: number;
  /** Of a log-strength in a step. */
  readonly change: number;
}
const toTheEnd: Pursuit = { steps: 3000, change: 1e-12 };
const forAnInterval: Pursuit = { steps: 300, change: 1e-6 };

/** As far as a strength is followed where nothing bounds it: one wins 1,000 times as often as another. */
const mostStrength = Math.log(1000);

/**
 * Log-strengths by maximum likelihood: i beats j with probability 1 / (1 + exp(s_j - s_i)), ties as half a win for each
 * [Bradley and Terry 1952, Biometrika 39:324; Hunter 2004, Ann. Stat. 32:384, the MM algorithm]. Their mean is 0. Where no
 * maximum exists (somebody only won, say) strengths end within ±ln 1000; `isDecided` tells.
 */
export function bradleyTerry(
  contestants: number,
  comparisons: readonly Comparison[],
  { steps, change }: Pursuit = toTheEnd,
): number[] {
  const wins = new Array<number>(contestants).fill(0);
  const games = Array.from({ length: contestants }, () => new Array<number>(contestants).fill(0));
  for (const { first, second, score } of comparisons) {
    wins[first]! += score;
    wins[second]! += 1 - score;
    games[first]![second]!++;
    games[second]![first]!++;
  }
  let strengths = new Array<number>(contestants).fill(1);
  for (let step = 0; step < steps; step++) {
    const next = strengths.map((own, i) => {
      const met = strengths.reduce(
        (sum, other, j) => (games[i]![j]! > 0 ? sum + games[i]![j]! / (own + other) : sum),
        0,
      );
      return met > 0 ? Math.max(wins[i]! / met, 1e-12) : own;
    });
    const centred = aroundOne(next);
    const moved = Math.max(...centred.map((value, i) => Math.abs(Math.log(value / strengths[i]!))));
    strengths = centred;
    if (moved < change) break;
  }
  return strengths.map((value) => Math.max(-mostStrength, Math.min(mostStrength, Math.log(value))));
}

/** Divided by their geometric mean, so that their logarithms' mean is 0. */
function aroundOne(strengths: readonly number[]): number[] {
  const mean = strengths.reduce((sum, value) => sum + Math.log(value), 0) / strengths.length;
  return strengths.map((value) =>
    Math.exp(Math.max(-2 * mostStrength, Math.min(2 * mostStrength, Math.log(value) - mean))),
  );
}

/**
 * Whether a maximum exists: from everyone a chain of wins or ties leads to everyone else [Ford 1957, Am. Math. Mon. 64:28].
 */
export function isDecided(contestants: number, comparisons: readonly Comparison[]): boolean {
  const beats = comparisons.flatMap(({ first, second, score }) => [
    ...(score > 0 ? [[first, second] as const] : []),
    ...(score < 1 ? [[second, first] as const] : []),
  ]);
  const backwards = beats.map(([winner, loser]) => [loser, winner] as const);
  return contestants > 0 && reached(beats) === contestants && reached(backwards) === contestants;
}

/** How many can be reached from the first one. */
function reached(steps: readonly (readonly [from: number, to: number])[]): number {
  const seen = new Set([0]);
  for (const at of seen) for (const [from, to] of steps) if (from === at) seen.add(to); // a set grows while it is walked
  return seen.size;
}

export interface Strength {
  readonly strength: number;
  readonly low: number;
  readonly high: number;
}

export interface Ranking {
  /** In the order of the contestants; ends at ±ln 1000 mean unbounded. */
  readonly strengths: readonly Strength[];
  /** `differences[i][j]`: strength of i less that of j. */
  readonly differences: readonly (readonly Strength[])[];
  readonly decided: boolean;
}

/** `rankingContestants` without a pause. */
export function rankContestants(
  contestants: number,
  comparisons: readonly Comparison[],
  random: () => number,
  resamples = 1000,
): Ranking {
  return drained(rankingContestants(contestants, comparisons, random, resamples));
}

/**
 * Strengths and their differences with 95 % percentile intervals over resampled units (comparisons, where they name none),
 * seeded by the caller. Yields after each resample and interval, for `inSlices`.
 */
export function* rankingContestants(
  contestants: number,
  comparisons: readonly Comparison[],
  random: () => number,
  resamples = 1000,
): Generator<void, Ranking> {
  const estimate = bradleyTerry(contestants, comparisons);
  const units = unitsOf(comparisons);
  const drawn: number[][] = [];
  while (units.length > 0 && drawn.length < resamples) {
    const again = units.flatMap(() => units[Math.floor(random() * units.length)]!);
    drawn.push(bradleyTerry(contestants, again, forAnInterval));
    yield;
  }
  const interval = (of: (strengths: readonly number[]) => number): Strength => {
    // A typed array sorts numbers without a call for each two.
    const values = [...Float64Array.from(drawn, of).sort()];
    if (values.length === 0) return { strength: of(estimate), low: -mostStrength, high: mostStrength };
    return { strength: of(estimate), low: quantile(values, 0.025), high: quantile(values, 0.975) };
  };
  const strengths: Strength[] = [];
  const differences: Strength[][] = [];
  for (let i = 0; i < contestants; i++) {
    strengths.push(interval((drawnStrengths) => drawnStrengths[i]!));
    const row: Strength[] = [];
    for (let j = 0; j < contestants; j++) {
      row.push(interval((drawnStrengths) => drawnStrengths[i]! - drawnStrengths[j]!));
      yield;
    }
    differences.push(row);
  }
  return { strengths, differences, decided: isDecided(contestants, comparisons) };
}

function unitsOf(comparisons: readonly Comparison[]): Comparison[][] {
  return [...groupedBy(comparisons, ({ unit }) => unit ?? Symbol("its own")).values()];
}
