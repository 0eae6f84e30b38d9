import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareRuns, NothingInCommonError } from "../../../../src/experiments/reasoning/compareRuns";
import { differenceWords } from "../../../../src/experiments/reasoning/findingWords";
import type { ReasoningReport } from "../../../../src/experiments/reasoning/report";
import { summarise } from "../../../../src/experiments/reasoning/summary";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen } from "../explorer/specimen";
import { reportOf, smallSpec } from "./smallRun";

const [direct, steps] = smallSpec.arms;
/** The questions from the second on, with other numbers, and one of its own. */
const shifted = [
  ...smallSpec.questions.slice(1).map((question, index) => ({ ...question, id: `line ${index + 1}` })),
  { id: "own", text: "Start with 2. Add 3. What is the result?", answer: "5" },
];

let engine: LlamaEngine;
let first: ReasoningReport;
let second: ReasoningReport;
beforeAll(async () => {
  engine = await loadSpecimen("chat");
  first = await reportOf(engine, { ...smallSpec, samples: 1 });
  const worded = { ...steps!, id: "think", chat: "{question} Explain your reasoning, then give the answer." };
  second = await reportOf(engine, { ...smallSpec, samples: 1, seed: 4, questions: shifted, arms: [direct!, worded] });
});
afterAll(() => engine?.close());

describe("two runs", () => {
  it("are paired by what was asked, and say what only one has", () => {
    const found = compareRuns(first, second);
    expect(found.shared).toBe(7);
    expect(found.onlyFirst).toEqual([smallSpec.questions[0]]);
    expect(found.onlySecond.map(({ id }) => id)).toEqual(["own"]);
    expect(found.pairs.map((pair) => [pair.first.arm, pair.second.arm])).toEqual([
      ["direct", "direct"],
      ["steps", "think"],
    ]);
    expect(found.changes).toEqual([{ kind: "wording", arm: "steps" }, { kind: "seed" }]);
    expect(found.unpaired).toEqual({ first: [], second: [] });
    for (const { counts, difference, firstRate, secondRate } of found.pairs) {
      expect(counts.both + counts.onlyFirst + counts.onlySecond + counts.neither).toBe(7);
      expect(difference.pairs).toBe(7);
      expect(difference.mean).toBeCloseTo(secondRate.rate - firstRate.rate, 12);
    }
  });

  it("of the same answers do not differ", () => {
    const found = compareRuns(first, first);
    expect(found.changes).toEqual([]);
    for (const { difference, p, counts } of found.pairs) {
      expect([difference.mean, p, counts.onlyFirst, counts.onlySecond]).toEqual([0, 1, 0, 0]);
    }
  });

  it("give the figures that one run of both arms gives", () => {
    const [pair] = compareRuns(
      { ...first, spec: { ...first.spec, arms: [direct!] } },
      { ...first, spec: { ...first.spec, arms: [steps!] } },
    ).pairs;
    const [within] = summarise(first).comparisons;
    expect(pair!.difference).toEqual(within!.difference);
    expect(pair!.counts).toEqual(within!.counts);
    expect(pair!.p).toBe(within!.p);
  });

  it("with too few questions are counted, not put in percent", () => {
    const [, pair] = compareRuns(first, second).pairs;
    const words = differenceWords(pair!, { first: pair!.firstRate.rate, second: pair!.secondRate.rate });
    expect(words.key).toBe("Too few to tell:");
    expect(words.rest).toMatch(/^\d against \d of 7 questions right\. Run at least 30/);
  });

  it("with nothing in common are refused, with what is missing", () => {
    const others = { ...first.spec, questions: [{ id: "1", text: "What is 1 + 1?", answer: "2" }] };
    expect(() => compareRuns(first, { ...first, spec: others })).toThrow(NothingInCommonError);
    expect(() => compareRuns(first, { ...first, spec: others })).toThrow(/no question in common.*by their words/);
    const wrong = { ...first.spec, questions: first.spec.questions.map((each) => ({ ...each, answer: "-1" })) };
    expect(() => compareRuns(first, { ...first, spec: wrong })).toThrow(
      /8 are asked in both, but with other reference/,
    );
    const code = { ...steps!, id: "c", kind: "code" as const };
    const unlike = { ...first.spec, arms: [code, { ...code, id: "d" }] };
    expect(() => compareRuns(first, { ...first, spec: unlike })).toThrow(/no arm in common/);
    const models = { ...first.spec, models: ["a", "b"] };
    expect(() => compareRuns(first, { ...first, spec: models })).toThrow(/no model in common/);
    const ungraded = { ...first.spec, questions: first.spec.questions.map(({ answer: _, ...rest }) => rest) };
    const empty = { ...first, answers: second.answers, spec: ungraded };
    expect(() => compareRuns(empty, empty)).toThrow(/answered and graded in both/);
  });
});
