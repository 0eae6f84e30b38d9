/** Rates, differences and paired counts as the host sends them, with null in place of what JSON cannot say. */
import * as v from "valibot";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const rate = v.object({
  successes: v.number(),
  trials: v.number(),
  /** Null with no trials. */
  rate: v.nullable(share),
  low: share,
  high: share,
});
export type RateView = v.InferOutput<typeof rate>;

export const difference = v.object({
  mean: v.number(),
  /** Null: unbounded. */
  low: v.nullable(v.number()),
  high: v.nullable(v.number()),
  pairs: natural,
});
export type DifferenceView = v.InferOutput<typeof difference>;

export const pairedCounts = v.object({ both: natural, onlyFirst: natural, onlySecond: natural, neither: natural });
