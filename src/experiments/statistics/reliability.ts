import { type Rate, wilson } from "./rate";

/** A claim to be right with a probability, and whether it was. */
export interface Forecast {
  /** 0 to 1. */
  readonly probability: number;
  readonly right: boolean;
}

export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  /** Mean probability of its forecasts. */
  readonly claimed: number;
  readonly seen: Rate;
}

export interface Reliability {
  /** Those with forecasts, ascending. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error: the mean distance of claimed and seen, weighted by forecasts [Naeini 2015, AAAI]. */
  readonly error: number;
  /** Mean squared distance of the probability from 0 or 1 [Brier 1950, Mon. Weather Rev. 78:1]. */
  readonly brier: number;
  readonly forecasts: number;
}

/** How often forecasts came true, by what they claimed, in bins of equal width; the last one holds 1 as well. NaN of none. */
export function reliability(forecasts: readonly Forecast[], bins = 10): Reliability {
  const n = forecasts.length;
  const made = Array.from({ length: bins }, (_, bin): ReliabilityBin[] => {
    const inside = forecasts.filter(({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === bin);
    if (inside.length === 0) return [];
    const claimed = mean(inside.map(({ probability }) => probability));
    return [
      {
        from: bin / bins,
        to: (bin + 1) / bins,
        claimed,
        seen: wilson(inside.filter(({ right }) => right).length, inside.length),
      },
    ];
  }).flat();
  return {
    bins: made,
    error:
      n === 0
        ? Number.NaN
        : made.reduce((sum, { claimed, seen }) => sum + Math.abs(claimed - seen.rate) * seen.trials, 0) / n,
    brier: mean(forecasts.map(({ probability, right }) => (probability - (right ? 1 : 0)) ** 2)),
    forecasts: n,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
