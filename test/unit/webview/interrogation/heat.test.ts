import { describe, expect, it } from "vitest";
import { wilson } from "../../../../src/experiments/statistics/rate";
import { heatLines, heatStep } from "../../../../webview/interrogation/heat";
import type { HeatView } from "../../../../webview/interrogation/review";

describe("heat", () => {
  it("has five steps of equal width, and none known is a step of its own", () => {
    expect([0, 0.01, 0.2, 0.21, 0.4, 0.6, 0.8, 1].map(heatStep)).toEqual([0, 1, 1, 2, 2, 3, 4, 5]);
    // What the computer makes of three fifths.
    expect(heatStep(0.1 + 0.2 + 0.3)).toBe(3);
  });

  const text = "# One\nA is b. C is d.\n\nE is f\nand g.\nNobody asks.";
  const sentence = (words: string, right: number, answers: number, first: string): HeatView[number] => {
    const start = text.indexOf(words);
    const rate = { ...wilson(right, answers), rate: answers === 0 ? null : right / answers };
    return { start, end: start + words.length, line: 1, right: rate, questions: 1, first };
  };

  it("goes to the lines that a sentence runs through, and adds up where a line has several", () => {
    const heat = [
      sentence("E is f\nand g.", 0, 5, "2"),
      sentence("C is d.", 2, 5, "1b"),
      sentence("A is b.", 5, 5, "1a"),
    ];
    const lines = heatLines(text, heat);
    expect(lines.map(({ number, share, questions, first }) => [number, share, questions, first])).toEqual([
      [1, null, 0, undefined],
      [2, 0.7, 2, "1a"],
      [3, null, 0, undefined],
      [4, 0, 1, "2"],
      [5, 0, 1, "2"],
      [6, null, 0, undefined],
    ]);
    for (const { start, end, number } of lines) expect(text.slice(start, end)).toBe(text.split("\n")[number - 1]);
  });

  it("is not zero before an answer is marked", () => {
    const [, second] = heatLines(text, [sentence("A is b.", 0, 0, "1a")]);
    expect(second).toMatchObject({ questions: 1, share: null });
  });
});
