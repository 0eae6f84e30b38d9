import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundsOf, drawnFrom, stagesOf, sweep } from "../../../../src/experiments/explorer/stages";
import { greedySampler, plainSampler } from "../../../../src/inference/engine";
import golden from "../../../fixtures/explorer/golden.json";
import { normalised, topOf, wholeOf } from "./distributions";

const logits = fc.array(fc.double({ min: -12, max: 12, noNaN: true }), { minLength: 3, maxLength: 60 });
const samplers = fc.record({
  temperature: fc.constantFrom(0, 0.3, 0.7, 1, 1.5, 2),
  topK: fc.constantFrom(0, 1, 3, 10, 1000),
  topP: fc.constantFrom(0.1, 0.5, 0.9, 0.99, 1),
  minP: fc.constantFrom(0, 0.01, 0.2, 1),
  repetitionPenalty: fc.constant(1),
});

describe("stages of the sampler on a whole vocabulary", () => {
  const whole = wholeOf(golden.logProbs);

  it.each(golden.stages)("equals scipy for %o", ({ probabilities, ...settings }) => {
    const last = drawnFrom(whole, { ...plainSampler, ...settings });
    for (const [index, { id }] of whole.entries.entries()) {
      expect(last.probabilities[index]).toBeCloseTo(probabilities[id]!, 12);
    }
    expect(last.exact).toBe(true);
    expect(last.kept).toBe(probabilities.filter((p) => p > 0).length);
  });

  it("starts with the model's own, and its entropy", () => {
    const [raw] = stagesOf(whole, plainSampler);
    expect(raw).toMatchObject({ kind: "raw", kept: 40, exact: true });
    expect(raw!.entropy.nats).toBeCloseTo(golden.entropy, 12);
  });

  it("goes in the sampler's order, with the stages that are on", () => {
    const kinds = (changes: object) => stagesOf(whole, { ...plainSampler, ...changes }, [1]).map(({ kind }) => kind);
    expect(kinds({})).toEqual(["raw", "temperature"]);
    expect(kinds({ minP: 0.1, topP: 0.9, topK: 5, repetitionPenalty: 1.1 })).toEqual([
      "raw",
      "repetitionPenalty",
      "temperature",
      "topK",
      "topP",
      "minP",
    ]);
  });

  it("takes the likeliest alone at temperature 0", () => {
    const last = drawnFrom(whole, greedySampler);
    expect([...last.probabilities].filter((p) => p > 0)).toEqual([1]);
    expect(last).toMatchObject({ kept: 1, entropy: { nats: 0, exact: true } });
  });

  it("takes the repetition penalty from logits, dividing positive ones and multiplying negative ones", () => {
    const two = wholeOf(normalised([2, -1, 0]));
    const shifted = { ...two, logitShift: 2 - two.entries[0]!.logProb };
    const stage = stagesOf(shifted, { ...plainSampler, repetitionPenalty: 2 }, [0, 1])[1]!;
    const expected = normalised([1, -2, 0]).map(Math.exp);
    for (const [index, { id }] of two.entries.entries()) {
      expect(stage.probabilities[index]).toBeCloseTo(expected[id]!, 12);
    }
  });

  it("sums to 1 at each stage and removes what is gone", () => {
    fc.assert(
      fc.property(logits, samplers, (given, sampler) => {
        const stages = stagesOf(wholeOf(normalised(given)), sampler);
        for (const [index, stage] of stages.entries()) {
          expect(stage.probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
          const before = stages[index - 1];
          if (!before || stage.kind === "temperature") continue;
          // What is removed is the mass, before, of the tokens that are gone.
          const gone = before.probabilities.reduce((sum, p, i) => sum + (stage.probabilities[i] === 0 ? p : 0), 0);
          expect(stage.removed.estimate).toBeCloseTo(gone, 9);
          expect(stage.removed.low).toBeCloseTo(stage.removed.high, 12);
          expect(stage.kept!).toBeLessThanOrEqual(before.kept!);
          expect(stage.kept!).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("keeps likelier tokens likelier at any temperature, and evens them out as it rises", () => {
    const stages = sweep(whole, [0, 0.1, 0.5, 1, 1.5, 2, 5]);
    for (const { probabilities } of stages) {
      expect([...probabilities].every((p, index) => index === 0 || p <= probabilities[index - 1]!)).toBe(true);
    }
    const entropies = stages.map(({ entropy }) => entropy.nats);
    expect(entropies).toEqual(entropies.toSorted((a, b) => a - b));
  });
});

describe("stages where the rest is one bucket", () => {
  it("bounds what it cannot know, and never excludes the truth", () => {
    fc.assert(
      fc.property(
        logits,
        samplers,
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (given, sampler, count, countKnown) => {
          const whole = wholeOf(normalised(given));
          fc.pre(count < whole.entries.length);
          const truth = stagesOf(whole, sampler);
          const seen = stagesOf(topOf(whole, count, { countKnown }), sampler);
          for (const [index, stage] of seen.entries()) {
            const true_ = truth[index]!;
            const tail = true_.probabilities.subarray(count).reduce((sum, p) => sum + p, 0);
            // Once a truncation is only estimated, so is all that follows; until then the bounds hold.
            if (!stage.exact && stage.kind !== "raw" && stage.kind !== "temperature") break;
            expect(tail).toBeGreaterThanOrEqual(stage.tail.low - 1e-9);
            expect(tail).toBeLessThanOrEqual(stage.tail.high + 1e-9);
            for (let i = 0; i < count; i++) {
              const { low, high } = boundsOf(stage, i);
              expect(true_.probabilities[i]).toBeGreaterThanOrEqual(low - 1e-9);
              expect(true_.probabilities[i]).toBeLessThanOrEqual(high + 1e-9);
            }
            if (stage.exact) expect(tail).toBeCloseTo(stage.tail.estimate, 9);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is exact again once top-k leaves the rest out, whatever the temperature", () => {
    const whole = wholeOf(golden.logProbs);
    const sampler = { ...plainSampler, temperature: 1.6, topK: 12, topP: 0.95, minP: 0.05 };
    const seen = drawnFrom(topOf(whole, 15, { countKnown: false }), sampler);
    const truth = drawnFrom(whole, sampler);
    expect(seen).toMatchObject({ exact: true, kept: truth.kept, tail: { estimate: 0 } });
    for (let i = 0; i < 15; i++) expect(seen.probabilities[i]).toBeCloseTo(truth.probabilities[i]!, 12);
  });

  it("says that top-p is an estimate where the rest may tip it", () => {
    const whole = wholeOf(golden.logProbs);
    const at = (topP: number, temperature: number) =>
      drawnFrom(topOf(whole, 20, { countKnown: true }), { ...plainSampler, topP, temperature });
    expect(at(0.5, 1).exact).toBe(true);
    expect(at(0.9999, 2)).toMatchObject({ exact: false });
    expect(at(0.9999, 2).tail.high).toBeGreaterThan(0);
  });
});
