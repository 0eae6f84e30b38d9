import type { Toss } from "../../src/experiments/explorer/coin";
import { wilson } from "../../src/experiments/statistics/rate";

/** How an outcome stood after the first `n` tosses, with the 95 % Wilson interval of its share. */
export interface RunningShare {
  readonly n: number;
  readonly seen: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Points on a logarithmic axis: about this many for each power of ten, and every power of ten itself. */
const perDecade = 48;

/** The share of one outcome among the first tosses, at places evenly spaced on a logarithmic axis. */
export function running(tosses: readonly Toss[], outcome: number): RunningShare[] {
  const shares: RunningShare[] = [];
  let seen = 0;
  let next = 1;
  for (const [index, toss] of tosses.entries()) {
    if (toss.outcome === outcome) seen++;
    const n = index + 1;
    const power = Number.isInteger(Math.log10(n));
    if (n < next && !power && n !== tosses.length) continue;
    while (next <= n) next *= 10 ** (1 / perDecade);
    const { rate: share, low, high } = wilson(seen, n);
    shares.push({ n, seen, share, low, high });
  }
  return shares;
}
