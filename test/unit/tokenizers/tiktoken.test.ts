import { beforeAll, describe, expect, it } from "vitest";
import {
  packVocabulary,
  type Tokenizer,
  TokenizerError,
  tokenizerFromPacked,
  type Vocabulary,
} from "../../../src/tokenizers";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";
import { loadShipped } from "./tiktoken.shared";

const source = directorySource("dist");

describe("a tiktoken tokenizer", () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadShipped("cl100k_base");
  });

  it("knows each token's bytes", () => {
    expect(tokenizer.tokenBytes(9906)).toEqual(new TextEncoder().encode("Hello"));
    expect(tokenizer.tokenBytes(100_257)).toEqual(new TextEncoder().encode("<|endoftext|>"));
    expect(tokenizer.tokenBytes(100_256)).toBeUndefined();
    expect(tokenizer.tokenBytes(100_277)).toBeUndefined();
    expect(tokenizer.tokenBytes(-1)).toBeUndefined();
  });

  it("has the id as the rank, but none for bytes and special tokens", () => {
    expect(tokenizer.rank(9906)).toBe(9906);
    expect(tokenizer.rank(256)).toBe(256);
    expect(tokenizer.rank(0)).toBeUndefined();
    expect(tokenizer.rank(255)).toBeUndefined();
    expect(tokenizer.rank(100_257)).toBeUndefined();
  });

  it("refuses to decode ids that no token has", () => {
    expect(() => tokenizer.decode([9906, 100_256])).toThrow(RangeError);
    expect(() => tokenizer.decodeBytes([200_000])).toThrow(/no token with the id 200000/);
  });

  it("keeps each answer when the next text is encoded", () => {
    const { ids, offsets } = tokenizer.encode("first text");
    const copy = [Array.from(ids), Array.from(offsets)];
    tokenizer.encode("something else entirely");
    expect([Array.from(ids), Array.from(offsets)]).toEqual(copy);
  });

  it("encodes pieces far longer than a window", () => {
    for (const text of [
      "a".repeat(100_000),
      " ".repeat(70_000),
      "中".repeat(40_000),
      "!?".repeat(40_000),
      "x0".repeat(50_000),
    ]) {
      const { ids, offsets } = tokenizer.encode(text);
      expect(tokenizer.decode(ids)).toBe(text);
      expect(offsets.at(-1)).toBe(text.length);
      // Twice the same: from the tables, and from the pieces remembered.
      expect(tokenizer.encode(text).ids).toEqual(ids);
    }
  });
});

describe("loading", () => {
  it("says which tokenizer there is none of", async () => {
    await expect(loadShipped("o300k_base")).rejects.toThrow(/no shipped tokenizer "o300k_base"/);
  });

  it("refuses damaged files", async () => {
    const [core, file] = await Promise.all([source.core(), source.vocabulary("r50k_base")]);
    await expect(tokenizerFromPacked(core, file.subarray(0, file.length - 1))).rejects.toThrow(TokenizerError);
    await expect(tokenizerFromPacked(core, file.subarray(4))).rejects.toThrow(/no packed vocabulary/);
    const header = Uint8Array.from(file);
    header[12] = 0;
    await expect(tokenizerFromPacked(core, header)).rejects.toThrow(/header cannot be read/);
  });
});

describe("packing", () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  const ranks: Vocabulary = {
    name: "small",
    tokens: [...bytes, Uint8Array.of(98, 99), Uint8Array.of(97, 98, 99, 100)],
    merges: "ranks",
    preTokenizer: "o200k",
    ignoreMerges: false,
    symbols: "bytes",
    specialTokens: new Map([["<s>", 300]]),
  };

  it("looks whole pieces up only where merging gives them", async () => {
    const core = await source.core();
    const merged = await tokenizerFromPacked(core, packVocabulary(ranks));
    // "abcd" can't come about: "bc" merges first, and nothing joins it.
    expect(Array.from(merged.encode("abcd").ids)).toEqual([97, 256, 100]);
    const whole = await tokenizerFromPacked(core, packVocabulary({ ...ranks, ignoreMerges: true }));
    expect(Array.from(whole.encode("abcd").ids)).toEqual([257]);
    expect(merged.vocabularySize).toBe(301);
  });

  it("takes merges as a list, in its order", async () => {
    const core = await source.core();
    const list = [
      { left: 98, right: 97, result: 257 },
      { left: 257, right: 98, result: 258 },
      { left: 97, right: 98, result: 256 },
    ];
    const tokens = [...bytes, Uint8Array.of(97, 98), Uint8Array.of(98, 97), Uint8Array.of(98, 97, 98)];
    const tokenizer = await tokenizerFromPacked(core, packVocabulary({ ...ranks, tokens, merges: list }));
    expect(Array.from(tokenizer.encode("abab").ids)).toEqual([97, 258]);
    expect(tokenizer.rank(258)).toBe(1);
    expect(tokenizer.rank(256)).toBe(2);
  });

  it("refuses vocabularies that leave text without tokens", () => {
    expect(() => packVocabulary({ ...ranks, tokens: bytes.slice(1) })).toThrow(/no token for the byte 0x0/);
  });
});
