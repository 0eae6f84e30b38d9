import { beforeAll, describe, expect, it } from "vitest";
import { hexBytes, shortened, visibleText } from "../../../src/editor/hover/display";
import { cardMarkdown, rankText, type TokenCard } from "../../../src/editor/hover/tokenCard";
import { piecesOf, wordAround } from "../../../src/editor/hover/word";
import type { Tokenizer } from "../../../src/tokenizers";
import { filled, shipped } from "./texts";

describe("token text", () => {
  it.each([
    [" pers", "·pers"],
    [".\n\n", ".⏎⏎"],
    ["\r\n", "⏎"],
    ["\t", "→"],
    ["\u200b", "⟨U+200B⟩"],
    ["\u0007", "⟨U+0007⟩"],
    ["\u0301", "◌\u0301"],
    ["日本", "日本"],
    ["👩‍👩‍👧", "👩‍👩‍👧"],
  ])("%j is seen as %s", (text, seen) => {
    expect(visibleText(text)).toBe(seen);
  });

  it("gives bytes in hex and cuts what is long", () => {
    expect(hexBytes(new Uint8Array([0x69, 0x0d, 0xff]))).toBe("69 0D FF");
    expect(hexBytes(new Uint8Array(40))).toMatch(/^(00 ){32}…$/);
    expect(shortened("x".repeat(100), 11)).toBe(`${"x".repeat(5)}…${"x".repeat(5)}`);
  });
});

describe("the word around a token", () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await shipped();
  });

  const pieces = (text: string, offset: number): string[] => {
    const tokens = filled(tokenizer, text);
    const token = tokens.tokenAt(offset);
    if (!token) throw new Error("no token");
    return piecesOf(tokens, wordAround(tokens, token)).pieces.map(({ start, end }) => tokens.slice(start, end));
  };

  it("is all its pieces, from any of them", () => {
    const text = "A market stall packs persimmons in nets";
    expect(pieces(text, text.indexOf("immons"))).toEqual([" pers", "immons"]);
    expect(pieces(text, text.indexOf(" pers") + 1)).toEqual([" pers", "immons"]);
  });

  it("is a dictionary's word in scripts without spaces, and the token alone for punctuation", () => {
    expect(pieces("東京都に住んでいます", 0).join("")).not.toBe("東京都に住んでいます");
    expect(pieces("one ... two", 4)).toEqual([" ..."]);
  });
});

describe("the card", () => {
  const card: TokenCard = {
    piece: { text: "immons", color: 1, partial: false },
    position: 128,
    total: 1284,
    totalIsFinal: true,
    line: 22,
    positionInLine: 6,
    tokensInLine: 22,
    tokens: [{ id: 92492, rank: 92492, bytes: new TextEncoder().encode("immons") }],
    ranks: 199_998,
    word: "<b>persimmons",
    wordPieces: [
      { text: " <b>pers", color: 0, partial: false },
      { text: "immons", color: 1, partial: false },
    ],
    wordPosition: 2,
    compared: [
      { name: "o200k_base", pieces: [], word: 2, line: 22, file: 1284 },
      { name: "cl100k_base", pieces: [], word: 3, line: 23 },
      { name: "mine", failure: "No file." },
    ],
    highContrast: false,
  };

  it("says where the token is, and its facts, with nothing of the text taken as markup", () => {
    const markdown = cardMarkdown(card, [{ label: "Copy id", uri: "command:x" }]);
    expect(markdown).toContain("token 128 of 1,284 · line 22, token 6 of 22");
    expect(markdown).toContain("92,492 of 199,998 (merged late: a rare piece)");
    expect(markdown).toContain("69 6D 6D 6F 6E 73");
    expect(markdown).not.toContain("<b>");
    expect(markdown).toContain("[Copy id](command:x)");
    expect(markdown).toContain("No file.");
    expect(markdown).toMatch(/23<\/td><td align="right">&emsp;…/);
  });

  it("shows the parts of a character that is split", () => {
    const bytes = (values: number[]): Uint8Array => new Uint8Array(values);
    const split = {
      ...card,
      piece: { text: "𓀀", color: 0, partial: true },
      tokens: [
        { id: 1, rank: 1, bytes: bytes([0xf0, 0x93]) },
        { id: 2, rank: 2, bytes: bytes([0x80, 0x80]) },
      ],
    };
    const markdown = cardMarkdown(split, []);
    expect(markdown).toContain("𓀀 is split into 2 tokens");
    expect(markdown).toContain("F0 93");
    expect(markdown).toContain("80 80");
  });

  it("uses no colours behind text in high contrast", () => {
    expect(cardMarkdown({ ...card, highContrast: true }, [])).not.toContain("background-color");
  });

  it("puts ranks into words", () => {
    const bytes = new Uint8Array(2);
    expect(rankText({ id: 1, rank: 300, bytes }, 100_000)).toContain("merged early");
    expect(rankText({ id: 1, rank: undefined, bytes: new Uint8Array(1) }, 100_000)).toBe("none: a single byte");
  });
});
