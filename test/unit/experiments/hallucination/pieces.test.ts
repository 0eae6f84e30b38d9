import { describe, expect, it } from "vitest";
import { agreesByWords } from "../../../../src/experiments/hallucination/agreement";
import { cluster, corrected } from "../../../../src/experiments/hallucination/clusters";
import {
  entropyInterval,
  meanSurprisal,
  naiveEntropy,
  semanticEntropy,
  truthProbability,
} from "../../../../src/experiments/hallucination/scores";
import { meansTheSame, relationOf } from "../../../../src/experiments/judging/relation";
import { normalAnswer, saysWords } from "../../../../src/experiments/judging/words";

/** Groups texts by a key, as a judge that never errs would. */
const byKey =
  (keys: readonly string[]) =>
  (first: number, second: number): boolean =>
    keys[first] === keys[second];

describe("normal form of an answer", () => {
  it.each([
    ["The Eiffel Tower!", "eiffel tower"],
    ["born 14 March 1911", "born 15 March 1911", false],
    ["14 March 1911", "1911-03-14", true],
    ["March 14th, 1911", "14th of March 1911", true],
    ["1,234,567", "1234567", true],
    ["seven", "7", true],
    ["May", "may", true],
    ["someone", "some 1", false],
  ])("%j and %j", (first, second, same = true) => {
    expect(normalAnswer(first) === normalAnswer(second)).toBe(same);
  });
});

describe("what a judge says", () => {
  it.each([
    ["Entailment.", "entailment"],
    ["neutral", "neutral"],
    ["The answer is contradiction", "contradiction"],
    ["surgeon.", "unclear"],
    [`${"x".repeat(40)} entailment`, "unclear"],
  ])("%j is %s", (reply, relation) => expect(relationOf(reply)).toBe(relation));

  it("makes answers the same as Farquhar's rule does, in all nine cases", () => {
    const all = ["entailment", "neutral", "contradiction"] as const;
    const same = all.flatMap((forward) =>
      all.filter((backward) => meansTheSame({ forward, backward })).map((b) => `${forward} ${b}`),
    );
    expect(same).toEqual(["entailment entailment", "entailment neutral", "neutral entailment"]);
    expect(meansTheSame({ forward: "unclear", backward: "unclear" })).toBe(false);
  });
});

describe("semantic entropy", () => {
  // Kuhn 2023 (arXiv 2302.09664), table 1, in nats: "Paris" .5, "It's Paris" .4, "London" .1, and three different cities.
  const nats = (ids: readonly number[]): number => semanticEntropy(ids) * Math.LN2;

  it("is that of the published example: 0.94 for three meanings, 0.33 where two of them are one", () => {
    const texts = [...Array(5).fill("Paris"), ...Array(4).fill("It's Paris"), "London"] as string[];
    expect(nats(cluster(10, byKey(texts)).ids)).toBeCloseTo(0.94, 2);
    const meanings = texts.map((text) => text.replace("It's ", ""));
    expect(nats(cluster(10, byKey(meanings)).ids)).toBeCloseTo(0.33, 2);
  });

  it("is 0 for one meaning and log2 n for n", () => {
    expect(semanticEntropy([0, 0, 0, 0])).toBe(0);
    expect(semanticEntropy([0, 1, 2, 3, 4, 5, 6, 7])).toBeCloseTo(3, 12);
  });

  it("has an interval around it, within 0 and log2 n, also where all answers agree", () => {
    const ids = [0, 0, 0, 1, 1, 2, 2, 3, 4, 5];
    const { low, high } = entropyInterval(ids, 1);
    expect(low).toBeLessThan(semanticEntropy(ids));
    expect(high).toBeGreaterThan(semanticEntropy(ids));
    expect(high).toBeLessThanOrEqual(Math.log2(10));
    expect(entropyInterval(ids, 1)).toEqual({ low, high });
    const sure = entropyInterval(Array(10).fill(0) as number[], 1);
    expect([sure.low, sure.high > 0.3, sure.high < 0.6]).toEqual([0, true, true]);
  });
});

describe("clusters", () => {
  it("are founded by the first answer of each meaning, and later ones are held against founders only", () => {
    // 0 ~ 1, 1 ~ 2, but not 0 ~ 2: as in get_semantic_ids, 2 is not asked about against 1.
    const asked: string[] = [];
    const { ids } = cluster(3, (a, b) => {
      asked.push(`${a}${b}`);
      return b - a === 1;
    });
    expect(ids).toEqual([0, 0, 1]);
    expect(asked).toEqual(["01", "02"]);
  });

  it("name the first pair that nobody has judged", () => {
    expect(cluster(3, (a, b) => (a === 0 && b === 1 ? true : undefined))).toEqual({ ids: [0, 0, 1], missing: [0, 2] });
  });

  it("follow a person's judgements", () => {
    const words = ["a", "b", "b", "c", "a"];
    const same = byKey(words);
    const ids = [0, 1, 1, 2, 0];
    expect(corrected(ids, [{ first: 0, second: 1, same: true }], same)).toEqual([0, 0, 0, 1, 0]);
    const joined = [0, 0, 0, 1, 0];
    expect(corrected(joined, [{ first: 0, second: 1, same: false }], same)).toEqual([0, 1, 1, 2, 0]);
    expect(corrected(ids, [{ first: 0, second: 9, same: true }], same)).toEqual(ids);
  });
});

describe("probabilities", () => {
  it("of true are renormalized over true and false [Kadavath 2022]", () => {
    expect(truthProbability({ yes: Math.log(0.06), no: Math.log(0.02) }).probability).toBeCloseTo(0.75, 12);
    expect(truthProbability({ yes: Math.log(0.06), no: Math.log(0.02) }).mass).toBeCloseTo(0.08, 12);
    // Both far below the smallest number.
    expect(truthProbability({ yes: -2000, no: -2001 })).toEqual({ probability: 1 / (1 + Math.exp(-1)), mass: 0 });
    expect(truthProbability({ yes: -5000, no: 0 }).probability).toBe(0);
  });

  it("of an answer leave out what only ended it", () => {
    const answer = { text: "It is", tokens: ["It", " is", "<end>"], logProbs: [-1, -3, -100] };
    expect(meanSurprisal(answer)).toBe(2);
    expect(naiveEntropy([answer, { ...answer, logProbs: [-3, -5, 0] }])).toBe(3);
    expect(meanSurprisal({ text: "a", tokens: ["a"], logProbs: [null] })).toBeUndefined();
    expect(meanSurprisal({ text: "", tokens: ["<end>"], logProbs: [-1] })).toBeUndefined();
  });
});

describe("agreement with a reference", () => {
  it("is by whole words", () => {
    expect(saysWords("It is Au.", "au")).toBe(true);
    expect(saysWords("It is Aurum.", "Au")).toBe(false);
    expect(agreesByWords("She was a painter", { accept: ["painter", "artist"] })).toBe(true);
    expect(agreesByWords("She was a repainter", { accept: ["painter", "artist"] })).toBe(false);
    expect(agreesByWords("Paris", { reference: "The capital is Paris." })).toBeUndefined();
    expect(agreesByWords("Paris", {})).toBeUndefined();
  });
});
