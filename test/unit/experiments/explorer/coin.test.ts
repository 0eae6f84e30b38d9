import { describe, expect, it } from "vitest";
import { binomialBand, chiSquare, frequencies, tailOutcome, toss } from "../../../../src/experiments/explorer/coin";
import { drawnFrom } from "../../../../src/experiments/explorer/stages";
import { upperGamma } from "../../../../src/experiments/statistics/gamma";
import { greedySampler, plainSampler } from "../../../../src/inference/engine";
import golden from "../../../fixtures/explorer/golden.json";
import { topOf, wholeOf } from "./distributions";

const whole = wholeOf(golden.logProbs);
const stage = drawnFrom(whole, plainSampler);

describe("the coin", () => {
  it("falls the same way for the same seed, and goes on where it was", () => {
    const ten = toss(stage, 7, 10);
    expect(toss(stage, 7, 10)).toEqual(ten);
    expect(toss(stage, 7, 1_000).tosses.slice(0, 10)).toEqual(ten.tosses);
    expect(toss(stage, 8, 10).tosses).not.toEqual(ten.tosses);
  });

  it("draws the token whose stretch of 0 to 1 the number falls into", () => {
    for (const { u, outcome } of toss(stage, 7, 500).tosses) {
      const before = stage.probabilities.subarray(0, outcome).reduce((sum, p) => sum + p, 0);
      expect(u).toBeGreaterThanOrEqual(before - 1e-12);
      expect(u).toBeLessThan(before + stage.probabilities[outcome]! + 1e-12);
    }
  });

  it("draws the same numbers at another temperature", () => {
    const cold = toss(drawnFrom(whole, greedySampler), 7, 20);
    expect(cold.tosses.map(({ u }) => u)).toEqual(toss(stage, 7, 20).tosses.map(({ u }) => u));
    expect(cold.counts[0]).toBe(20);
  });

  it("never draws what a stage removed", () => {
    const cut = drawnFrom(whole, { ...plainSampler, topK: 3 });
    const { counts, tail } = toss(cut, 1, 10_000);
    expect(counts.subarray(3).every((count) => count === 0)).toBe(true);
    expect(tail).toBe(0);
  });

  it("counts the tokens that are not known one by one as one outcome", () => {
    const seen = drawnFrom(topOf(whole, 5, { countKnown: true }), plainSampler);
    const tossed = toss(seen, 3, 1_000);
    const all = frequencies(seen, tossed);
    expect(all.at(-1)).toMatchObject({ outcome: tailOutcome, seen: tossed.tail });
    expect(all.reduce((sum, each) => sum + each.seen, 0)).toBe(1_000);
  });

  it("meets its probabilities: a fair coin passes the test, a wrong expectation does not", () => {
    const tossed = toss(stage, 7, 10_000);
    const fair = frequencies(stage, tossed);
    expect(chiSquare(fair)!.p).toBeGreaterThan(0.001);
    const wrong = frequencies(drawnFrom(whole, { ...plainSampler, temperature: 1.2 }), tossed);
    expect(chiSquare(wrong)!.p).toBeLessThan(1e-6);
  });
});

describe("statistics of the coin", () => {
  it.each(golden.chiSquare)("chi-square equals scipy: %o", ({ seen, due, statistic, p }) => {
    const test = chiSquare(seen.map((each, index) => ({ seen: each, due: due[index]! })))!;
    expect(test.statistic).toBeCloseTo(statistic, 10);
    expect(test.p).toBeCloseTo(p, 10);
  });

  it("counts outcomes together that are due less than 5 times, and leaves none out", () => {
    const cell = (seen: number, due: number) => ({ seen, due });
    expect(chiSquare([cell(50, 50), cell(3, 2), cell(1, 2), cell(46, 46)])).toMatchObject({ degrees: 1, statistic: 0 });
    expect(chiSquare([cell(50, 50), cell(44, 43), cell(3, 4), cell(3, 3)])?.degrees).toBe(2);
    expect(chiSquare([cell(1, 1), cell(0, 0.5)])).toBeUndefined();
  });

  it.each(golden.upperGamma)("the gamma function's upper tail equals scipy: %o", ({ a, x, q }) => {
    expect(Math.abs(upperGamma(a, x) - q)).toBeLessThan(1e-12 * Math.max(1, a));
  });

  it.each(golden.bands)("bands of fair draws equal scipy: %o", ({ n, p, low, high }) => {
    expect(binomialBand(n, p)).toEqual({ low, high });
  });
});
