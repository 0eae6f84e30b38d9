import { describe, expect, it } from "vitest";
import { surprisalDrawing } from "../../../../src/editor/surprisal/drawing";
import {
  type FileToken,
  fileTokens,
  firstFrom,
  followEdit,
  withOld,
} from "../../../../src/editor/surprisal/fileTokens";
import { placeTokens } from "../../../../src/editor/surprisal/placement";
import { plainStretch } from "../../../../src/editor/surprisal/stretches";
import { mostSurprising, summarise } from "../../../../src/editor/surprisal/summary";
import type { TokenScore } from "../../../../src/inference/engine";
import { linesOf } from "../texts";
import { promptOf } from "./prompts";

/** Tokens of a text with the bits they are to have; undefined for one without a probability. */
function scored(...tokens: readonly (readonly [string, number | undefined])[]): FileToken[] {
  const prompt = promptOf(...tokens.map(([text]) => text));
  const scores = tokens.map(([, bits]): TokenScore => {
    const logProb = bits === undefined ? undefined : -bits * Math.LN2;
    return { logProb, rank: 1, entropy: undefined, top: [] };
  });
  const given = tokens.map((_, index) => index);
  const all = { prompt, scores, given, from: 0, to: tokens.length, looked: 0 };
  return fileTokens(all, placeTokens(prompt, [plainStretch(prompt.text, 0)]));
}

const everything = [{ from: 0, fromColumn: 0, to: 1000, toColumn: Number.MAX_SAFE_INTEGER }];
const example = (): FileToken[] =>
  scored(["One", undefined], [" two", 0.5], [" three", 3], ["\n", 7], ["four", 12.5], [" five", 1]);
const text = "One two three\nfour five";

describe("drawing", () => {
  it("tints from 1 bit on, marks surprising line ends and sums lines", () => {
    const drawing = surprisalDrawing(example(), linesOf(text), everything);
    expect(drawing.tints.map(({ line, start, end, step }) => [line, start, end, step])).toEqual([
      [0, 7, 13, 2],
      [1, 0, 4, 6],
      [1, 4, 9, 1],
    ]);
    expect(drawing.lineEnds).toEqual([{ line: 0, column: 13, step: 4 }]);
    expect(drawing.lineBits.map(({ line, bits }) => [line, Math.round(bits * 10) / 10])).toEqual([
      [0, 10.5],
      [1, 13.5],
    ]);
    expect(drawing.tints[1]?.odd).not.toBe(drawing.tints[2]?.odd);
  });

  it("draws nothing outside its ranges", () => {
    const range = { from: 1, fromColumn: 2, to: 1, toColumn: Number.MAX_SAFE_INTEGER };
    const drawing = surprisalDrawing(example(), linesOf(text), [range]);
    expect(drawing.tints.map(({ line }) => line)).toEqual([1, 1]);
    expect(drawing.lineEnds).toEqual([]);
  });

  it("cuts a token that crosses lines into one tint for each", () => {
    const drawing = surprisalDrawing(scored(["a", 0], [" b\n\n  c", 5]), linesOf("a b\n\n  c"), everything);
    expect(drawing.tints.map(({ line, start, end }) => [line, start, end])).toEqual([
      [0, 1, 3],
      [2, 0, 3],
    ]);
    expect(drawing.lineEnds.map(({ line }) => line)).toEqual([0, 1]);
  });
});

describe("edits", () => {
  it("leave what is before them, drop what they touch and make what follows stale", () => {
    const tokens = followEdit(example(), { rangeOffset: 9, rangeLength: 1, text: "HR" });
    expect(tokens.map(({ start, end, stale }) => [start, end, stale])).toEqual([
      [0, 3, false],
      [3, 7, false],
      [14, 15, true],
      [15, 19, true],
      [19, 24, true],
    ]);
    const drawing = surprisalDrawing(tokens, linesOf("One two tHRree\nfour five"), everything);
    expect(drawing.tints).toEqual([]);
    expect(drawing.stale.map(({ step }) => step)).toEqual([6, 1]);
    expect(drawing.lineBits).toEqual([]);
  });

  it("between two tokens keep both", () => {
    const tokens = followEdit(example(), { rangeOffset: 3, rangeLength: 0, text: "!" });
    expect(tokens.map(({ start, stale }) => [start, stale]).slice(0, 3)).toEqual([
      [0, false],
      [4, true],
      [8, true],
    ]);
  });

  it("keep old tokens behind the ones that are scored again", () => {
    const old = followEdit(example(), { rangeOffset: 0, rangeLength: 0, text: "X" });
    const fresh = scored(["XOne", undefined], [" two", 4]);
    expect(withOld(fresh, old).map(({ start, stale }) => [start, stale])).toEqual([
      [0, false],
      [4, false],
      [8, true],
      [14, true],
      [15, true],
      [19, true],
    ]);
  });
});

describe("sums", () => {
  it("are perplexity, bits a character and a histogram", () => {
    const sum = summarise(example(), text.length);
    expect(sum.tokens).toBe(5);
    expect(sum.bits).toBeCloseTo(24);
    expect(sum.perplexity).toBeCloseTo(2 ** (24 / 5));
    expect(sum.bitsPerCharacter).toBeCloseTo(24 / text.length);
    expect(sum.histogram).toEqual([1, 1, 1, 0, 1, 0, 1]);
    expect(summarise([], 0)).toMatchObject({ tokens: 0, perplexity: undefined, bitsPerCharacter: undefined });
  });

  it("list the most surprising tokens first", () => {
    expect(mostSurprising(example(), 2).map(({ start }) => start)).toEqual([14, 13]);
  });

  it("find tokens by offset", () => {
    const tokens = example();
    for (let offset = 0; offset <= text.length; offset++) {
      const expected = tokens.findIndex(({ start, end }) => start >= offset || end > offset);
      expect(firstFrom(tokens, offset)).toBe(expected < 0 ? tokens.length : expected);
    }
  });
});
