import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare, divergences, type Side } from "../../../../src/experiments/explorer/compare";
import type { NextDistribution } from "../../../../src/experiments/explorer/data";
import { drawnFrom, stagesOf } from "../../../../src/experiments/explorer/stages";
import { plainSampler } from "../../../../src/inference/engine";
import golden from "../../../fixtures/explorer/golden.json";
import { normalised, topOf, wholeOf } from "./distributions";

const { p, q, ...expected } = golden.compare;
const raw = (distribution: NextDistribution): Side => ({
  distribution,
  stage: stagesOf(distribution, plainSampler)[0]!,
});
const left = wholeOf(p.map(Math.log));
const right = wholeOf(q.map(Math.log));

describe("comparing two distributions", () => {
  it("equals scipy on whole vocabularies", () => {
    const found = compare(raw(left), raw(right), { byText: false });
    expect(found.exact).toBe(true);
    for (const key of ["klAB", "klBA", "jensenShannon", "totalVariation"] as const) {
      expect(found[key]).toBeCloseTo(expected[key], 10);
    }
  });

  it("puts the largest changes first", () => {
    const { movers } = compare(raw(left), raw(right), { byText: false });
    const changes = q.map((each, id) => Math.abs(each - p[id]!)).toSorted((a, b) => b - a);
    expect(movers.slice(0, 5).map(({ change }) => Math.abs(change))).toEqual(
      changes.slice(0, 5).map((change) => expect.closeTo(change, 10)),
    );
    expect(movers[0]!.change).toBeCloseTo(movers[0]!.b! - movers[0]!.a!, 12);
  });

  it("gives lower bounds where only the tops are known, and says so", () => {
    const values = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(values, values, fc.integer({ min: 1, max: 11 }), (a, b, count) => {
        const [x, y] = [wholeOf(normalised(a)), wholeOf(normalised(b))];
        const truth = compare(raw(x), raw(y), { byText: false });
        const top = (each: NextDistribution) => raw(topOf(each, count, { countKnown: true }));
        const seen = compare(top(x), top(y), { byText: false });
        expect(seen.exact).toBe(false);
        for (const key of ["klAB", "klBA", "jensenShannon", "totalVariation"] as const) {
          expect(seen[key]).toBeLessThanOrEqual(truth[key] + 1e-9);
        }
      }),
    );
  });

  it("finds no difference between a distribution and itself, and all of it between strangers", () => {
    expect(compare(raw(left), raw(left), { byText: false })).toMatchObject({
      klAB: 0,
      jensenShannon: 0,
      totalVariation: 0,
    });
    expect(
      divergences([
        [1, 0],
        [0, 1],
      ]),
    ).toEqual({
      klAB: Number.POSITIVE_INFINITY,
      klBA: Number.POSITIVE_INFINITY,
      jensenShannon: 1,
      totalVariation: 1,
    });
  });

  it("compares what two samplers draw from, with what one of them removed", () => {
    const side = (changes: object): Side => ({
      distribution: left,
      stage: drawnFrom(left, { ...plainSampler, ...changes }),
    });
    const found = compare(side({}), side({ topK: 3 }), { byText: false });
    expect(found.klAB).toBe(Number.POSITIVE_INFINITY);
    expect(found.klBA).toBeLessThan(Number.POSITIVE_INFINITY);
    const removed = stagesOf(left, { ...plainSampler, topK: 3 }).at(-1)!.removed.estimate;
    expect(found.totalVariation).toBeCloseTo(removed, 10);
  });

  it("matches tokens of different tokenizers by their text", () => {
    const renumbered = { ...left, entries: left.entries.map((entry) => ({ ...entry, id: entry.id + 1_000 })) };
    expect(compare(raw(left), raw(renumbered), { byText: true }).jensenShannon).toBeCloseTo(0, 12);
    expect(compare(raw(left), raw(renumbered), { byText: false }).jensenShannon).toBeCloseTo(1, 12);
  });
});
