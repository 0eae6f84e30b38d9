import { describe, expect, it } from "vitest";
import type { NextDistribution } from "../../../../src/experiments/explorer/data";
import { plainSampler } from "../../../../src/inference/engine";
import { columnsOf } from "../../../../webview/explorer/columns";
import { Deriver } from "../../../../webview/explorer/derived";
import { emptyState } from "../../../../webview/explorer/emptyState";
import { coinWords, comparisonFinding, findingOf, lost } from "../../../../webview/explorer/finding";
import type { ExplorerState } from "../../../../webview/explorer/protocol";

/** A whole vocabulary with these probabilities. */
function whole(probabilities: Readonly<Record<string, number>>): NextDistribution {
  const entries = Object.entries(probabilities).map(([text, p], id) => ({ id, text, logProb: Math.log(p) }));
  const nats = entries.reduce((sum, { logProb }) => sum - Math.exp(logProb) * logProb, 0);
  return {
    entries,
    ceiling: Number.NEGATIVE_INFINITY,
    tail: 0,
    tailTokens: 0,
    entropy: { nats, exact: true },
    logitShift: null,
  };
}

const fruit = whole({ " apple": 0.5, " pear": 0.25, " fig": 0.125, "\n": 0.125 });
const outlook = { node: 0, distribution: fruit, recent: [] };
const state = (change: Partial<ExplorerState> = {}): ExplorerState => ({
  ...emptyState,
  outlook,
  ...change,
});

describe("what follows from a distribution", () => {
  it("is computed once as long as nothing it rests on changes", () => {
    const deriver = new Deriver();
    const first = deriver.of(state({ coin: { seed: 7, tosses: 100 } }));
    const again = deriver.of(state({ coin: { seed: 7, tosses: 100 }, busy: { message: "x", fraction: null } }));
    expect(again?.stages).toBe(first?.stages);
    expect(again?.coin).toBe(first?.coin);
    const warmer = deriver.of(state({ sampler: { ...plainSampler, temperature: 2 } }));
    expect(warmer?.stages).not.toBe(first?.stages);
  });

  it("says the finding in words", () => {
    const plain = new Deriver().of(state())!;
    expect(findingOf(plain)).toEqual({
      key: "“·apple” comes next with 50 %",
      rest: ": 1.75 bits of entropy, as open as a choice among 3.4 equally likely tokens.",
    });
    const cut = new Deriver().of(state({ sampler: { ...plainSampler, temperature: 0.5, topP: 0.7 } }))!;
    // Squared: 16, 4, 1 and 1 of 22; the first holds 73 % and is all that stays.
    expect(lost(cut.stages)).toBeCloseTo(6 / 22, 12);
    expect(findingOf(cut).rest).toContain(
      "With temperature 0.50 and top-p 0.70 it is drawn with 100 %; 1 token stays, 27 % of the mass is removed.",
    );
  });

  it("has a column for each stage that is on, and for those that are shown while off", () => {
    const derived = new Deriver().of(state({ sampler: { ...plainSampler, topK: 2 } }))!;
    const columns = columnsOf(derived, ["topP", "topK"]);
    expect(columns.map(({ kind, stage, final }) => [kind, stage !== undefined, final])).toEqual([
      ["raw", true, false],
      ["temperature", true, false],
      ["topK", true, true],
      ["topP", false, false],
    ]);
    expect([...columns[3]!.shown.probabilities]).toEqual([...columns[2]!.shown.probabilities]);
  });

  it("tests the coin, and says when there is too little to test", () => {
    const deriver = new Deriver();
    expect(coinWords(deriver.of(state({ coin: { seed: 7, tosses: 2 } }))!)).toBe("too few tosses to test");
    const many = deriver.of(state({ coin: { seed: 7, tosses: 1000 } }))!;
    expect([...many.coin!.byOutcome.values()].reduce((sum, { seen }) => sum + seen, 0)).toBe(1000);
    const greedy = deriver.of(
      state({ coin: { seed: 7, tosses: 1000 }, sampler: { ...plainSampler, temperature: 0 } }),
    )!;
    expect(coinWords(greedy)).toBe("only one token can come");
    expect(findingOf(greedy).rest).toContain("With temperature 0 (the likeliest, always) it is drawn with 100 %");
    expect(coinWords(many)).toMatch(/^χ² = [\d.]+, 3 df, p = 0\.\d\d: as it should be$/);
  });

  it("finds tokens by their text and by how it is shown", () => {
    const deriver = new Deriver();
    expect(deriver.filtered(fruit, "")).toEqual([0, 1, 2, 3]);
    expect(deriver.filtered(fruit, "EA")).toEqual([1]);
    expect(deriver.filtered(fruit, "⏎")).toEqual([3]);
    expect(deriver.filtered(fruit, " ")).toEqual([0, 1, 2]);
  });

  it("compares with another sampler on the same distribution", () => {
    const rival = (temperature: number): Partial<ExplorerState> => ({
      rival: {
        rival: { model: null, prompt: null, sampler: { ...plainSampler, temperature } },
        outlook: { node: 0, distribution: fruit, recent: [] },
        sameVocabulary: true,
        model: undefined as never,
        prompt: undefined as never,
      },
    });
    const same = new Deriver().of(state(rival(1)))!;
    expect(same.comparison?.jensenShannon).toBe(0);
    expect(comparisonFinding(same, "itself")?.key).toBe("No difference to see");
    const colder = new Deriver().of(state(rival(0.5)))!;
    // 0.5 to 16/22 is the only gain, and half the sum of differences.
    expect(colder.comparison?.totalVariation).toBeCloseTo(16 / 22 - 0.5, 12);
    expect(comparisonFinding(colder, "temperature 0.50")?.rest).toContain("“·apple” moves most, from 50 % to 73 %");
  });
});
