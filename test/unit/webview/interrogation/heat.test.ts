import { describe, expect, it } from "vitest";
import { heatLines, heatStep } from "../../../../webview/interrogation/heat";

describe("heat", () => {
  it("has five steps of equal width, and none known is a step of its own", () => {
    expect([0, 0.01, 0.2, 0.21, 0.4, 0.6, 0.8, 1].map(heatStep)).toEqual([0, 1, 1, 2, 2, 3, 4, 5]);
    // What the computer makes of three fifths.
    expect(heatStep(0.1 + 0.2 + 0.3)).toBe(3);
  });

  const text = "# One\nA is b. C is d.\n\nE is f\nand g.\nNobody asks.";
  const stretch = (words: string, right: number, answers: number) => {
    const start = text.indexOf(words);
    return { start, end: start + words.length, right, answers };
  };

  it("goes to the lines that a stretch runs through, and adds up where a line has several", () => {
    const warm = [stretch("E is f\nand g.", 0, 5), stretch("A is b.", 5, 5), stretch("C is d.", 2, 5)];
    const lines = heatLines(text, warm);
    expect(lines.map(({ number, share }) => [number, share])).toEqual([
      [1, null],
      [2, 0.7],
      [3, null],
      [4, 0],
      [5, 0],
      [6, null],
    ]);
    for (const { start, end, number } of lines) expect(text.slice(start, end)).toBe(text.split("\n")[number - 1]);
  });

  it("is nothing before an answer is marked", () => {
    expect(heatLines(text, [stretch("A is b.", 0, 0)]).map(({ share }) => share)).toEqual(Array(6).fill(null));
  });

  it("knows where a part of a file begins", () => {
    const part = text.slice(6);
    const [first] = heatLines(part, [stretch("C is d.", 1, 4)], { line: 2, offset: 6 });
    expect(first).toEqual({ number: 2, start: 6, end: 21, share: 0.25 });
  });
});
