import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forecast, measurePace } from "../../../../src/experiments/reasoning/forecast";
import { reasoning } from "../../../../src/experiments/reasoning/reasoning";
import type { ReasoningReport } from "../../../../src/experiments/reasoning/report";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadSpecimen } from "../explorer/specimen";
import { reportOf, smallSpec } from "./smallRun";

let engine: LlamaEngine;
let report: ReasoningReport;
beforeAll(async () => {
  engine = await loadSpecimen("chat");
  report = await reportOf(engine);
});
afterAll(() => engine?.close());

const spent = (of: ReasoningReport): number => [...of.answers].reduce((sum, { tokens }) => sum + tokens.length, 0);
const other = { ...smallSpec, seed: 77 };

describe("a forecast", () => {
  it("of a model nobody has asked is a rule of thumb, and says so", () => {
    const found = forecast(smallSpec);
    expect(found.answers).toBe(8 * 2 * 2);
    expect(found.arms.map(({ basis }) => basis.kind)).toEqual(["typical", "typical"]);
    expect(found.seconds).toBeUndefined();
    expect(found.tokens.low).toBeLessThan(spent(report));
    expect(found.tokens.high).toBeGreaterThan(spent(report));
    expect(found.arms[1]!.tokens.high).toBeLessThanOrEqual(16 * smallSpec.arms[1]!.maxTokens);
  });

  it("rests on earlier answers, by difficulty, and holds what then comes", async () => {
    const found = forecast(other, { earlier: [report] });
    expect(found.arms.map(({ basis }) => basis)).toEqual([
      { kind: "answers", answers: 16 },
      { kind: "answers", answers: 16 },
    ]);
    const came = spent(await reportOf(engine, other));
    expect(came).toBeGreaterThanOrEqual(found.tokens.low);
    expect(came).toBeLessThanOrEqual(found.tokens.high);
    expect(found.tokens.high - found.tokens.low).toBeLessThan(found.tokens.expected);
    const hard = { ...other, questions: other.questions.filter(({ steps }) => steps === 3) };
    const easy = { ...other, questions: other.questions.filter(({ steps }) => steps === 1) };
    const expected = (spec: typeof hard) => forecast(spec, { earlier: [report] }).tokens.expected;
    expect(expected(hard)).toBeGreaterThan(1.2 * expected(easy));
  });

  it("of a run that has begun counts what is still to come, and nothing at its end", () => {
    const half = [...report.answers]
      .slice(0, 16)
      .reduce((begun, answer) => reasoning.add(begun, { ...answer, type: "sample" }), reasoning.start(smallSpec));
    expect(forecast(smallSpec, { done: half }).answers).toBe(16);
    const none = forecast(smallSpec, { done: report, paces: new Map([["specimen-chat", 500]]) });
    expect(none).toMatchObject({ answers: 0, tokens: { low: 0, expected: 0, high: 0 } });
    expect(none.seconds).toEqual({ low: 0, expected: 0, high: 0 });
  });

  it("knows of the budget, what was spent of it included", () => {
    const budget = { ...smallSpec, tokenBudget: spent(report) };
    expect(forecast(budget, { earlier: [report], paces: new Map([["specimen-chat", 100]]) })).toMatchObject({
      endedByBudget: false,
    });
    const tight = forecast(
      { ...smallSpec, tokenBudget: 100 },
      { earlier: [report], paces: new Map([["specimen-chat", 50]]) },
    );
    expect(tight.endedByBudget).toBe(true);
    expect(tight.tokens.expected).toBe(100);
    expect(tight.seconds!.expected).toBeCloseTo(2, 6);
  });

  it("counts what a judge will say, its trial included, and nothing of one that has failed it", async () => {
    const meant = { ...smallSpec, grader: { kind: "meaning", judge: "specimen-chat" } } as const;
    const found = forecast(meant, { paces: new Map([["specimen-chat", 100]]) });
    // 16 pairs of the trial and every second of 32 answers, in two replies of a word; at most every answer, in 16 tokens each.
    expect(found.judging).toMatchObject({ answers: 16 + 16, tokens: { low: 32, expected: 256, high: 48 * 32 } });
    expect(found.seconds!.expected).toBeCloseTo((found.tokens.expected + 256) / 100, 6);
    expect(forecast(smallSpec).judging).toBeUndefined();
    const few = { ...meant, questions: meant.questions.slice(0, 1) };
    const done = await reportOf(engine, few);
    expect(done.checked.size).toBe(16);
    expect(forecast({ ...few, samples: 4 }, { done }).judging).toMatchObject({ answers: 0, tokens: { high: 0 } });
  });

  it("takes as long as a trial says", async () => {
    const pace = await measurePace(engine, smallSpec, new AbortController().signal);
    expect(pace).toBeGreaterThan(1);
    const { seconds, tokens } = forecast(smallSpec, { paces: new Map([["specimen-chat", pace!]]) });
    expect(seconds!.expected).toBeCloseTo(tokens.expected / pace!, 6);
  });
});
