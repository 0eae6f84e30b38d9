import { describe, expect, it } from "vitest";
import { wilson } from "../../../../src/experiments/statistics/rate";
import { heatByLine, heatStep } from "../../../../webview/interrogation/heat";
import type { HeatView } from "../../../../webview/interrogation/review";

describe("heat", () => {
  it("has five steps of equal width, and none known is a step of its own", () => {
    expect([0, 0.01, 0.2, 0.21, 0.4, 0.6, 0.8, 1].map(heatStep)).toEqual([0, 1, 1, 2, 2, 3, 4, 5]);
    // What the computer makes of three fifths.
    expect(heatStep(0.1 + 0.2 + 0.3)).toBe(3);
  });

  const sentence = (
    line: number,
    endLine: number,
    right: number,
    answers: number,
    first: string,
  ): HeatView[number] => ({
    line,
    endLine,
    right: { ...wilson(right, answers), rate: answers === 0 ? null : right / answers },
    questions: 1,
    first,
  });

  it("goes to the lines that a sentence runs through, and adds up where a line has several", () => {
    const lines = heatByLine([sentence(2, 2, 5, 5, "1.1"), sentence(2, 2, 2, 5, "1.2"), sentence(4, 5, 0, 5, "2.1")]);
    expect([...lines]).toEqual([
      [2, { share: 0.7, questions: 2, first: "1.1" }],
      [4, { share: 0, questions: 1, first: "2.1" }],
      [5, { share: 0, questions: 1, first: "2.1" }],
    ]);
  });

  it("is not zero before an answer is marked", () => {
    expect(heatByLine([sentence(1, 1, 0, 0, "1.1")]).get(1)?.share).toBeNull();
  });
});
