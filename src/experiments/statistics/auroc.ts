import { auroc } from "./ranking";
import { z95 } from "./rate";

export interface Area {
  /** 0.5 for a coin, 1 where every positive scores above every negative. NaN without both. */
  readonly area: number;
  readonly low: number;
  readonly high: number;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Area under the ROC curve with a 95 % interval: all areas that lie within 1.96 standard errors of the seen one, each taken
 * with its own standard error [Newcombe 2006, Stat. Med. 25:559, method 5]. Like Wilson's for rates, it has a width also at
 * 0 and 1, where a bootstrap has none.
 */
export function aurocInterval(positives: readonly number[], negatives: readonly number[]): Area {
  const area = auroc(positives, negatives);
  const [m, n] = [positives.length, negatives.length];
  if (Number.isNaN(area)) return { area, low: 0, high: 1, positives: m, negatives: n };
  const beyond = (value: number): boolean => Math.abs(area - value) > z95 * Math.sqrt(variance(value, m, n));
  return { area, low: edge(0, area, beyond), high: edge(1, area, beyond), positives: m, negatives: n };
}

/** Of an area's estimate from m and n scores that are exponentially distributed [Hanley and McNeil 1982]. */
function variance(area: number, m: number, n: number): number {
  const half = (m + n) / 2 - 1;
  return (area * (1 - area) * (1 + (half * (1 - area)) / (2 - area) + (half * area) / (1 + area))) / (m * n);
}

/** Between an end, where the variance is 0, and the estimate: where the values within the interval begin. */
function edge(end: 0 | 1, estimate: number, beyond: (value: number) => boolean): number {
  if (estimate === end) return end;
  let [outside, inside] = [end as number, estimate];
  for (let step = 0; step < 60; step++) {
    const middle = (outside + inside) / 2;
    if (beyond(middle)) outside = middle;
    else inside = middle;
  }
  return inside;
}
