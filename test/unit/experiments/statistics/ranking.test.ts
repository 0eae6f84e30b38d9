import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { aurocInterval } from "../../../../src/experiments/statistics/auroc";
import {
  bradleyTerry,
  type Comparison,
  isDecided,
  rankContestants,
} from "../../../../src/experiments/statistics/bradleyTerry";
import { reliability } from "../../../../src/experiments/statistics/reliability";
import { seededRandom } from "../../../../src/inference/random";

/** Made by test/fixtures/statistics/golden.py with scipy, statsmodels and scikit-learn. */
const golden = JSON.parse(readFileSync("test/fixtures/statistics/golden.json", "utf8")) as {
  auroc_interval: { positives: number[]; negatives: number[]; area: number; low: number; high: number }[];
  reliability: { claimed: number[]; right: boolean[]; seen: number[]; mean: number[]; brier: number }[];
  bradley_terry: { contestants: number; comparisons: [number, number, 0 | 0.5 | 1][]; strengths: number[] }[];
};

describe("AUROC's interval", () => {
  it.each(golden.auroc_interval)("of $positives.length and $negatives.length", (expected) => {
    const found = aurocInterval(expected.positives, expected.negatives);
    expect(found.area).toBeCloseTo(expected.area, 12);
    expect(found.low).toBeCloseTo(expected.low, 9);
    expect(found.high).toBeCloseTo(expected.high, 9);
  });

  it("holds the true area about 95 % of the time, also near 1", () => {
    const random = seededRandom(3);
    const exponential = (mean: number): number => -mean * Math.log(1 - random());
    let held = 0;
    for (let run = 0; run < 1000; run++) {
      const positives = Array.from({ length: 15 }, () => exponential(9));
      const negatives = Array.from({ length: 15 }, () => exponential(1));
      const { low, high } = aurocInterval(positives, negatives);
      if (low <= 0.9 && high >= 0.9) held++; // of exponentials: 9 / (9 + 1)
    }
    expect(held).toBeGreaterThan(925);
    expect(held).toBeLessThan(985);
  });

  it("is everything where there is nothing, and has a width where all is told apart", () => {
    expect(aurocInterval([], [1])).toMatchObject({ low: 0, high: 1 });
    const { area, low, high } = aurocInterval([2, 3], [0, 1]);
    expect([area, high, low > 0.1, low < 0.6]).toEqual([1, 1, true, true]);
  });
});

describe("reliability", () => {
  it.each(golden.reliability)("of $claimed.length forecasts", ({ claimed, right, seen, mean, brier }) => {
    const found = reliability(claimed.map((probability, index) => ({ probability, right: right[index]! })));
    expect(found.bins.map((bin) => bin.seen.rate)).toEqual(seen.map((value) => expect.closeTo(value, 12)));
    expect(found.bins.map((bin) => bin.claimed)).toEqual(mean.map((value) => expect.closeTo(value, 12)));
    expect(found.brier).toBeCloseTo(brier, 12);
    expect(found.forecasts).toBe(claimed.length);
  });

  it("has no error where all claims hold, and none to give of nothing", () => {
    const sure = reliability([
      { probability: 1, right: true },
      { probability: 0, right: false },
    ]);
    expect([sure.error, sure.brier]).toEqual([0, 0]);
    expect(reliability([]).error).toBeNaN();
  });
});

describe("Bradley-Terry strengths", () => {
  it.each(golden.bradley_terry)("of $contestants as logistic regression has them", (expected) => {
    const comparisons = expected.comparisons.map(([first, second, score]) => ({ first, second, score }));
    const found = bradleyTerry(expected.contestants, comparisons);
    expect(found).toEqual(expected.strengths.map((value) => expect.closeTo(value, 6)));
  });

  it("are the published ones of the American League of 1987 [Agresti 2002, Categorical Data Analysis, table 10.10]", () => {
    const wins = [
      [0, 7, 9, 7, 7, 9, 11],
      [6, 0, 7, 5, 11, 9, 9],
      [4, 6, 0, 7, 7, 8, 12],
      [6, 8, 6, 0, 6, 7, 10],
      [6, 2, 6, 7, 0, 7, 12],
      [4, 4, 5, 6, 6, 0, 6],
      [2, 4, 1, 3, 1, 7, 0],
    ];
    const games = wins.flatMap((row, first) =>
      row.flatMap((count, second) => Array.from({ length: count }, (): Comparison => ({ first, second, score: 1 }))),
    );
    const found = bradleyTerry(7, games);
    const againstBaltimore = found.map((strength) => Number((strength - found[6]!).toFixed(3)));
    expect(againstBaltimore).toEqual([1.581, 1.436, 1.294, 1.248, 1.108, 0.684, 0]);
  });

  it("have a maximum only where everyone is reached by wins or ties from everyone", () => {
    const won: Comparison[] = [{ first: 0, second: 1, score: 1 }];
    expect(isDecided(2, won)).toBe(false);
    expect(isDecided(2, [...won, { first: 1, second: 0, score: 1 }])).toBe(true);
    expect(isDecided(2, [{ first: 0, second: 1, score: 0.5 }])).toBe(true);
    expect(isDecided(3, [...won, { first: 0, second: 1, score: 0 }])).toBe(false);
    expect(bradleyTerry(2, won).every(Number.isFinite)).toBe(true);
  });

  it("have intervals that hold the estimate, and are everything without votes", () => {
    const comparisons = golden.bradley_terry[1]!.comparisons.map(([first, second, score]) => ({
      first,
      second,
      score,
    }));
    const { strengths, differences, decided } = rankContestants(4, comparisons, seededRandom(1), 400);
    expect(decided).toBe(true);
    for (const { strength, low, high } of strengths) expect(low < strength && strength < high).toBe(true);
    expect(differences[0]![1]!.low).toBeCloseTo(-differences[1]![0]!.high, 9);
    const nothing = rankContestants(2, [], seededRandom(1));
    expect(nothing.decided).toBe(false);
    expect(nothing.strengths[0]).toMatchObject({ strength: 0, low: -Math.log(1000), high: Math.log(1000) });
  });
});
