import { seededRandom } from "../../inference/random";
import { upperGamma } from "../statistics/gamma";
import { type Rate, wilson } from "../statistics/rate";
import type { Stage } from "./stages";

/** What a toss shows in place of an index when it falls among the tokens that are not known one by one. */
export const tailOutcome = -1;

/** One toss: the number drawn, and the entry it falls on when the probabilities lie end to end from 0 to 1. */
export interface Toss {
  /** Uniform in [0, 1). */
  readonly u: number;
  /** Index in the distribution's entries, or `tailOutcome`. */
  readonly outcome: number;
}

export interface Tosses {
  readonly tosses: readonly Toss[];
  /** How often each entry came. */
  readonly counts: Uint32Array;
  /** How often one of the other tokens. */
  readonly tail: number;
}

/**
 * The first `times` tosses of the coin with this seed. The numbers drawn depend on the seed alone: another temperature
 * sends the same numbers to other tokens.
 */
export function toss(stage: Stage, seed: number, times: number): Tosses {
  const random = seededRandom(seed);
  const ends = cumulative(stage.probabilities);
  const counts = new Uint32Array(ends.length);
  let tail = 0;
  const tosses = Array.from({ length: times }, () => {
    const u = random();
    const outcome = outcomeOf(stage, ends, u);
    if (outcome === tailOutcome) tail++;
    else counts[outcome] = counts[outcome]! + 1;
    return { u, outcome };
  });
  return { tosses, counts, tail };
}

/** How one outcome came against how often it was due. */
export interface Frequency {
  readonly outcome: number;
  readonly probability: number;
  readonly seen: number;
  readonly due: number;
  /** Share of the tosses with its 95 % Wilson interval. */
  readonly share: Rate;
  /** Counts within which 95 % of fair coins fall: at most 2.5 % lie outside on either side. */
  readonly fair: { readonly low: number; readonly high: number };
}

/** For each outcome that can come: the entries in their order, then the tail. */
export function frequencies(stage: Stage, { tosses, counts, tail }: Tosses): Frequency[] {
  const times = tosses.length;
  const of = (outcome: number, probability: number, seen: number): Frequency => ({
    outcome,
    probability,
    seen,
    due: probability * times,
    share: wilson(seen, times),
    fair: binomialBand(times, probability),
  });
  const known = Array.from(stage.probabilities, (probability, index) => ({ probability, index }))
    .filter(({ probability }) => probability > 0)
    .map(({ probability, index }) => of(index, probability, counts[index]!));
  return stage.tail.estimate > 0 ? [...known, of(tailOutcome, stage.tail.estimate, tail)] : known;
}

export interface ChiSquare {
  readonly statistic: number;
  readonly degrees: number;
  /** Probability of a statistic at least as large from a fair coin. */
  readonly p: number;
}

/** Outcomes that are due less often than this are counted together [Cochran 1954, Biometrics 10:417]. */
const leastDue = 5;

/** Pearson's test of the tosses against the probabilities. Undefined while too few tosses leave fewer than two cells. */
export function chiSquare(all: readonly Pick<Frequency, "seen" | "due">[]): ChiSquare | undefined {
  const cells = all.filter(({ due }) => due >= leastDue);
  const small = all.filter(({ due }) => due < leastDue);
  const rest = { seen: total(small, "seen"), due: total(small, "due") };
  // What is left over and still too small joins the smallest cell, so that no toss is left out.
  const smallest = cells.reduce((least, { due }, index) => (due < cells[least]!.due ? index : least), 0);
  const joined =
    rest.due === 0
      ? cells
      : rest.due >= leastDue || cells.length === 0
        ? [...cells, rest]
        : cells.map((cell, index) =>
            index === smallest ? { seen: cell.seen + rest.seen, due: cell.due + rest.due } : cell,
          );
  if (joined.length < 2) return undefined;
  const statistic = joined.reduce((sum, { seen, due }) => sum + (seen - due) ** 2 / due, 0);
  const degrees = joined.length - 1;
  return { statistic, degrees, p: upperGamma(degrees / 2, statistic / 2) };
}

function total(cells: readonly Pick<Frequency, "seen" | "due">[], key: "seen" | "due"): number {
  return cells.reduce((sum, cell) => sum + cell[key], 0);
}

/** The counts between which a binomial variable lies with 95 %, at most 2.5 % below and above. Exact. */
export function binomialBand(n: number, p: number): { low: number; high: number } {
  if (p <= 0) return { low: 0, high: 0 };
  if (p >= 1) return { low: n, high: n };
  const mode = Math.min(n, Math.floor((n + 1) * p));
  // Relative to the mode, outwards by the ratio of neighbours until nothing is left: no factorials, no underflow.
  const odds = p / (1 - p);
  const below = runOf((step) => (mode - step) / ((n - mode + step + 1) * odds));
  const above = runOf((step) => ((n - mode - step) / (mode + step + 1)) * odds);
  const weights = [...below.reverse(), 1, ...above];
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const first = mode - below.length;
  return { low: first + quantile(weights, 0.025 * sum), high: first + quantile(weights, 0.975 * sum) };
}

/** Products of the first ratios, until they vanish. */
function runOf(ratio: (step: number) => number): number[] {
  const products: number[] = [];
  for (let product = ratio(0); product > 1e-18; product *= ratio(products.length)) products.push(product);
  return products;
}

function quantile(weights: readonly number[], wanted: number): number {
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    sum += weight;
    if (sum >= wanted) return index;
  }
  return weights.length - 1;
}

function cumulative(probabilities: Float64Array): Float64Array {
  let sum = 0;
  return probabilities.map((probability) => {
    sum += probability;
    return sum;
  });
}

/** The first entry whose end lies beyond u; past all of them the tail, or the last possible entry by rounding. */
function outcomeOf(stage: Stage, ends: Float64Array, u: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! > u) high = middle;
    else low = middle + 1;
  }
  if (low < ends.length) return low;
  if (stage.tail.estimate > 0) return tailOutcome;
  return stage.probabilities.findLastIndex((probability) => probability > 0);
}
