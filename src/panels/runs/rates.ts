import type { DifferenceView, RateView } from "../../../webview/runs/rates";
import type { Difference } from "../../experiments/statistics/paired";
import type { Rate } from "../../experiments/statistics/rate";

export function rateView({ successes, trials, rate, low, high }: Rate): RateView {
  return { successes, trials, rate: finite(rate), low, high };
}

export function differenceView({ mean, low, high, pairs }: Difference): DifferenceView {
  return { mean, low: finite(low), high: finite(high), pairs };
}

/** JSON has no NaN and no infinity. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
