import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bootstrap, bootstrapError, quantile } from "../../../../src/experiments/statistics/bootstrap";
import { majority } from "../../../../src/experiments/statistics/majority";
import { holm, mcnemarExact, pairedDifference, questionsToTell } from "../../../../src/experiments/statistics/paired";
import { auroc, entropyOfCounts } from "../../../../src/experiments/statistics/ranking";
import { clusteredRate, wilson } from "../../../../src/experiments/statistics/rate";
import { derivedSeed, seededRandom } from "../../../../src/inference/random";

/** Made by test/fixtures/statistics/golden.py with scipy, statsmodels and scikit-learn. */
const golden = JSON.parse(readFileSync("test/fixtures/statistics/golden.json", "utf8")) as {
  wilson: { successes: number; trials: number; interval: [number, number] }[];
  exact_mcnemar: { onlyFirst: number; onlySecond: number; p: number }[];
  paired: { values: number[]; mean: number; low: number; high: number }[];
  clustered: { counts: [number, number][]; rate: number; low: number; high: number }[];
  holm: { values: number[]; adjusted: number[] }[];
  auroc: { positives: number[]; negatives: number[]; area: number }[];
  entropy: { counts: number[]; nats: number }[];
  bootstrap: { values: number[]; statistic: "mean" | "median"; low: number; high: number; error: number }[];
};

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;
const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );

describe("against scipy, statsmodels and scikit-learn", () => {
  it.each(golden.wilson)("Wilson's interval of $successes in $trials", ({ successes, trials, interval }) => {
    const { low, high } = wilson(successes, trials);
    expect(low).toBeCloseTo(interval[0], 12);
    expect(high).toBeCloseTo(interval[1], 12);
  });

  it.each(golden.exact_mcnemar)("McNemar's exact p of $onlyFirst and $onlySecond", ({ p, ...counts }) => {
    const mine = mcnemarExact(counts);
    expect(Math.abs(mine - p)).toBeLessThanOrEqual(1e-9 * p);
  });

  it.each(golden.paired)("the paired interval of $values.length differences", ({ values, ...expected }) => {
    const found = pairedDifference(values);
    expect(found.mean).toBeCloseTo(expected.mean, 12);
    expect(found.low).toBeCloseTo(expected.low, 12);
    expect(found.high).toBeCloseTo(expected.high, 12);
  });

  it.each(golden.clustered)("the clustered rate of $counts.length questions", ({ counts, rate, low, high }) => {
    const found = clusteredRate(counts.map(([successes, trials]) => ({ successes, trials })));
    expect(found.rate).toBeCloseTo(rate, 12);
    expect(found.low).toBeCloseTo(low, 10);
    expect(found.high).toBeCloseTo(high, 10);
  });

  it.each(golden.holm)("Holm's correction of $values", ({ values, adjusted }) => {
    for (const [index, value] of holm(values).entries()) expect(value).toBeCloseTo(adjusted[index]!, 12);
  });

  it.each(golden.auroc)("AUROC of $positives.length and $negatives.length", ({ positives, negatives, area }) => {
    expect(auroc(positives, negatives)).toBeCloseTo(area, 12);
  });

  it.each(golden.entropy)("entropy of $counts", ({ counts, nats }) => {
    expect(entropyOfCounts(counts)).toBeCloseTo(nats, 12);
  });

  it.each(golden.bootstrap)("the bootstrap of the $statistic", ({ values, statistic, low, high, error }) => {
    const options = { values, statistic: statistic === "mean" ? mean : median, random: seededRandom(5) };
    const found = bootstrap(options);
    // 10,000 resamples place an end within about a tenth of a standard error of where it belongs.
    expect(Math.abs(found.low - low)).toBeLessThan(0.12 * error);
    expect(Math.abs(found.high - high)).toBeLessThan(0.12 * error);
    expect(Math.abs(bootstrapError(options) / error - 1)).toBeLessThan(0.05);
  });
});

describe("at the ends", () => {
  it("knows nothing from nothing", () => {
    expect(wilson(0, 0)).toMatchObject({ low: 0, high: 1 });
    expect(wilson(0, 0).rate).toBeNaN();
    expect(clusteredRate([])).toMatchObject({ low: 0, high: 1 });
    expect(auroc([], [1])).toBeNaN();
    expect(pairedDifference([0.5])).toMatchObject({ mean: 0.5, low: -Infinity, high: Infinity });
  });

  it("is not surer of few questions because one answer to one of them differs", () => {
    const of = (...counts: number[]) => clusteredRate(counts.map((successes) => ({ successes, trials: 5 })));
    expect(of(5, 4).low).toBeLessThan(of(5, 5).low);
    expect(of(0, 1).high).toBeGreaterThan(of(0, 0).high);
    expect(of(5, 4).low).toBeLessThan(0.5);
  });

  it("is not sure of a difference that no question showed: the rule of three", () => {
    const none = pairedDifference(Array.from({ length: 100 }, () => 0));
    // 1 - 0.05^(1/100) = 2.95 %, which 3 / 100 approaches.
    expect(none.high).toBeCloseTo(0.0295, 4);
    expect(none.low).toBeCloseTo(-0.0295, 4);
    expect(pairedDifference([1, 1, 1])).toMatchObject({ mean: 1, high: 1 });
    expect(pairedDifference([1, 1, 1]).low).toBeCloseTo(1 - 2 * (1 - 0.05 ** (1 / 3)), 12);
  });

  it("counts each question once where all agree: ten samples of a sure thing are no ten trials", () => {
    const sure = clusteredRate(Array.from({ length: 20 }, () => ({ successes: 10, trials: 10 })));
    expect(sure.low).toBeCloseTo(wilson(20, 20).low, 12);
  });

  it("needs the questions that Connor's formula gives", () => {
    // By hand: 20 % discordant, 10 points apart: (1.95996 * sqrt(.2) + .84162 * sqrt(.19))^2 / .01 = 154.6.
    expect(questionsToTell({ both: 40, onlyFirst: 15, onlySecond: 5, neither: 40 })).toBe(155);
    expect(questionsToTell({ both: 1, onlyFirst: 2, onlySecond: 2, neither: 0 })).toBe(Infinity);
  });

  it("gives ties of a vote to what was said first, and no vote to silence", () => {
    expect(majority(["3", "4", "4", "3"])).toBe("3");
    expect(majority([undefined, "4", undefined])).toBe("4");
    expect(majority([undefined])).toBeUndefined();
  });
});

describe("seeded numbers", () => {
  it("are the same for the same seed, and uniform", () => {
    const [one, two] = [seededRandom(7), seededRandom(7)];
    const values = Array.from({ length: 100_000 }, one);
    expect(values.slice(0, 100)).toEqual(Array.from({ length: 100 }, two));
    const bins = new Array<number>(20).fill(0);
    for (const value of values) bins[Math.floor(value * 20)]!++;
    const chiSquare = bins.reduce((total, count) => total + (count - 5000) ** 2 / 5000, 0);
    expect(chiSquare).toBeLessThan(43.8); // 0.1 % of 19 degrees of freedom
  });

  it("have seeds of their own for each step", () => {
    const seeds = Array.from({ length: 1000 }, (_, seed) =>
      Array.from({ length: 100 }, (_, index) => derivedSeed(seed, index)),
    ).flat();
    expect(new Set(seeds).size).toBeGreaterThan(seeds.length - 10); // the birthday paradox allows one or two
    const firsts = seeds.map((seed) => seededRandom(seed)());
    expect(Math.abs(mean(firsts) - 0.5)).toBeLessThan(0.005);
  });
});
