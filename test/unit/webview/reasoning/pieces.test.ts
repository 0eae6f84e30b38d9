import { describe, expect, it } from "vitest";
import { piecesOf, tokensOfPieces } from "../../../../webview/reasoning/pieces";

const text = "3 + 4 = 7.\n7 - 2 = 5.\nAnswer: 5";
const answer = {
  text,
  thoughts: null,
  said: { start: 0, end: text.length },
  steps: [
    { start: 0, end: 10, tokens: 7 },
    { start: 11, end: 21, tokens: 8 },
  ],
  tokens: 19,
  place: { start: 30, end: 31 },
};
const texts = (list: readonly { start: number; end: number }[], of = text) =>
  list.map(({ start, end }) => of.slice(start, end));

describe("pieces of an answer", () => {
  it("are its steps and the line that answers", () => {
    const pieces = piecesOf(answer);
    expect(texts(pieces)).toEqual(["3 + 4 = 7.", "7 - 2 = 5.", "Answer: 5"]);
    expect(pieces.map(({ kind, tokens }) => [kind, tokens])).toEqual([
      ["step", 7],
      ["step", 8],
      ["final", 4],
    ]);
  });

  it("leave out the tags of thoughts and keep what is said after them", () => {
    const thought = "<think>3 + 4 = 7.</think>\nIt is 7.";
    const pieces = piecesOf({
      text: thought,
      thoughts: { start: 7, end: 17 },
      said: { start: 25, end: thought.length },
      steps: [{ start: 7, end: 17, tokens: 7 }],
      tokens: 14,
      place: { start: 32, end: 33 },
    });
    expect(texts(pieces, thought)).toEqual(["3 + 4 = 7.", "It is 7."]);
  });

  it("tell the answer from an explanation that follows it", () => {
    const first = "The answer is 7.50. Explanation: 3 + 4.50 = 7.50.";
    const said = { start: 0, end: first.length };
    const pieces = piecesOf({
      text: first,
      thoughts: null,
      said,
      steps: [],
      tokens: 20,
      place: { start: 14, end: 18 },
    });
    expect(texts(pieces, first)).toEqual(["The answer is 7.50.", "Explanation: 3 + 4.50 = 7.50."]);
    expect(pieces.map(({ kind }) => kind)).toEqual(["final", "aside"]);
  });

  it("hold every token that is not a blank between them, in order", () => {
    const tokens = ["3", " +", " 4", " =", " 7", ".\n", "7", " -", " 2", " =", " 5", ".", "\nAnswer", ":", " 5", ""];
    expect(tokens.join("")).toBe(text);
    const parts = tokensOfPieces(
      piecesOf(answer),
      tokens,
      tokens.map((_, index) => -index),
    );
    expect(parts.map((part) => part.map((token) => token.text).join(""))).toEqual(texts(piecesOf(answer)));
    expect(parts.flat().map(({ index }) => index)).toEqual(tokens.slice(0, -1).map((_, index) => index));
    expect(parts[1]![0]!.logProb).toBe(-6);
  });
});
