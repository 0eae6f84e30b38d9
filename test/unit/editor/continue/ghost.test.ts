import { expect, it } from "vitest";
import { runsOf } from "../../../../src/editor/continue/ghost";
import type { Piece } from "../../../../src/editor/continue/pieces";

const piece = (text: string, bits: number): Piece => ({ text, tokens: [], logProb: -bits * Math.LN2 });
const pieces = [piece("a", 0), piece("b", 0.5), piece("c", 3), piece("d", 13), piece("e", 3)];

it("draws each piece by itself where there is room", () => {
  expect(runsOf(pieces, 5).map(({ text, step }) => [text, step])).toEqual([
    ["a", 0],
    ["b", 0],
    ["c", 2],
    ["d", 6],
    ["e", 2],
  ]);
});

it("joins neighbours of one step, then the end, and loses nothing", () => {
  expect(runsOf(pieces, 4).map(({ text }) => text)).toEqual(["ab", "c", "d", "e"]);
  expect(runsOf(pieces, 2)).toEqual([
    { text: "ab", step: 0 },
    { text: "cde", step: 6 },
  ]);
  expect(runsOf(pieces, 1)).toEqual([{ text: "abcde", step: 6 }]);
  expect(runsOf([], 1)).toEqual([]);
});
