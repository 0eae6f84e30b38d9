import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { TokenizerError } from "../../../../src/tokenizers";
import { readGgufTokenizer } from "../../../../src/tokenizers/gguf/ggufTokenizer";
import { loadTokenizerFromGguf, packFromGguf } from "../../../../src/tokenizers/userTokenizers";
import { coreBytes } from "../shipped";
import { type Field, join, MemoryReader, text, u32, u64, writeGguf } from "./writeGguf";

const fixtures = path.resolve(import.meta.dirname, "../../../fixtures/huggingFace");

/** Byte-level BPE over six letters: "ab", "abc" and "Ġa" merge. */
const tiny: Record<string, Field> = {
  "general.architecture": { text: "llama" },
  "general.name": { text: "Tiny" },
  "llama.context_length": { u32: 512 },
  "unrelated.list": { texts: ["x".repeat(1000), "y"] },
  "unrelated.lists": { raw: join([u32(9), u32(9), u64(1), u32(4), u64(2), u32(1), u32(2)]) },
  "tokenizer.ggml.model": { text: "gpt2" },
  "tokenizer.ggml.pre": { text: "gpt-2" },
  "tokenizer.ggml.tokens": { texts: ["a", "b", "c", "Ġ", "ab", "abc", "Ġa", "<|end|>", "<user>"] },
  "tokenizer.ggml.token_type": { i32s: [1, 1, 1, 1, 1, 1, 1, 3, 4] },
  "tokenizer.ggml.merges": { texts: ["Ġ a", "a b", "ab c"] },
  "tokenizer.ggml.eos_token_id": { u32: 7 },
  "tokenizer.chat_template": { text: "{{ messages[0].content }}" },
};

async function load(fields: Record<string, Field>) {
  return loadTokenizerFromGguf("tiny", new MemoryReader(writeGguf(fields)), await coreBytes());
}

function reading(bytes: Uint8Array, size?: number) {
  return readGgufTokenizer(new MemoryReader(bytes, size));
}

describe("GGUF vocabularies", () => {
  it("of the kind llama encode as llama.cpp does", async () => {
    const file = new MemoryReader(await readFile(path.join(fixtures, "spiece.gguf")));
    const { tokenizer, gguf } = await loadTokenizerFromGguf("spiece", file, await coreBytes());
    const texts = JSON.parse(await readFile(path.join(fixtures, "texts.json"), "utf8")) as string[];
    const goldens = JSON.parse(await readFile(path.join(fixtures, "spiece.llamacpp.golden.json"), "utf8")) as {
      text: number[];
      parse: number[];
    }[];
    expect(goldens).toHaveLength(texts.length);
    goldens.forEach((golden, index) => {
      for (const special of ["text", "parse"] as const) {
        expect([...tokenizer.encode(texts[index]!, { special }).ids], JSON.stringify(texts[index])).toEqual(
          golden[special],
        );
      }
    });
    expect(gguf).toMatchObject({ model: "llama", modelName: "Tokenizer fixture", contextTokens: 512, bosToken: "<s>" });
  });

  it("of the kind gpt2 merge by their list, keep control tokens for parsing and drop what has no token", async () => {
    const { tokenizer, gguf } = await load(tiny);
    expect([...tokenizer.encode("abc ab a?b<|end|><user>").ids]).toEqual([5, 6, 1, 6, 1, 8]);
    expect([...tokenizer.encode("abc<|end|>ab", { special: "parse" }).ids]).toEqual([5, 7, 4]);
    expect(tokenizer.decode([5, 6, 7])).toBe("abc a<|end|>");
    expect(tokenizer.rank(5)).toBe(2);
    expect(gguf).toMatchObject({ modelName: "Tiny", contextTokens: 512, eosToken: "<|end|>", bosToken: undefined });
    expect(gguf.chatTemplate).toBe("{{ messages[0].content }}");
  });

  it("are read without the tensors behind them", async () => {
    const bytes = writeGguf(tiny);
    const file = new MemoryReader(bytes, 5_000_000_000);
    await readGgufTokenizer(file);
    expect(file.bytesRead).toBeLessThanOrEqual(2 << 20);
  });

  it("that are of other kinds say so", async () => {
    const pack = async (fields: Record<string, Field>) => packFromGguf("x", new MemoryReader(writeGguf(fields)));
    expect(await pack({ ...tiny, "tokenizer.ggml.model": { text: "t5" } })).toMatchObject({
      unsupported: expect.stringContaining("t5"),
    });
    expect(await pack({ ...tiny, "tokenizer.ggml.pre": { text: "toString" } })).toMatchObject({
      unsupported: expect.stringContaining("toString"),
    });
    await expect(load({ ...tiny, "tokenizer.ggml.model": { text: "bert" } })).rejects.toThrow(/add that instead/);
    const spm: Record<string, Field> = { ...tiny, "tokenizer.ggml.model": { text: "llama" } };
    expect(await pack(spm)).toMatchObject({ unsupported: expect.stringContaining("scores") });
    const tied = { ...spm, "tokenizer.ggml.scores": { f32s: new Array<number>(9).fill(0) } };
    expect(await pack(tied)).toMatchObject({ unsupported: expect.stringContaining("same score") });
  });
});

describe("damaged and hostile GGUF files", () => {
  const bytes = writeGguf(tiny);
  const changed = (at: number, patch: Uint8Array) => {
    const copy = bytes.slice();
    copy.set(patch, at);
    return copy;
  };

  it.each([
    ["an empty file", new Uint8Array(0), /only 0 bytes/],
    ["another kind of file", changed(0, new TextEncoder().encode("PK\u0003\u0004")), /does not begin with GGUF/],
    ["version 1", changed(4, u32(1)), /old version 1/],
    ["an unknown version", changed(4, u32(77)), /unknown version 77/],
    ["big-endian", changed(4, u32(0x03000000)), /big-endian/],
    ["a huge number of entries", changed(16, u64(2 ** 53)), /more than it can hold/],
    ["a key longer than the file", changed(24, u64(1e15)), /more than it can hold/],
    ["no tokenizer", writeGguf({ "general.architecture": { text: "llama" } }), /no tokenizer/],
    ["an unknown type", writeGguf({ a: { raw: join([u32(99), u32(0)]) } }), /unknown type 99/],
    [
      "a list of impossible length",
      writeGguf({ a: { raw: join([u32(9), u32(4), u64(1e15)]) } }),
      /more than it can hold/,
    ],
    ["lists in lists in lists", writeGguf({ "tokenizer.ggml.tokens": { raw: nested(40) } }), /nested too deeply/],
    ["skipped lists in lists", writeGguf({ a: { raw: nested(40) } }), /nested too deeply/],
    [
      "a string longer than the file",
      writeGguf({ "general.name": { raw: join([u32(8), u64(1e9)]) } }),
      /more than it can hold/,
    ],
    ["fewer entries than claimed", writeGguf({ a: { u32: 1 } }, 2), /ends in the middle|more than it can hold/],
    [
      "types of the wrong kind",
      writeGguf({ ...tiny, "tokenizer.ggml.token_type": { texts: ["1"] } }),
      /not a list of 9 numbers/,
    ],
    ["too few types", writeGguf({ ...tiny, "tokenizer.ggml.token_type": { i32s: [1] } }), /not a list of 9 numbers/],
    ["tokens that are numbers", writeGguf({ ...tiny, "tokenizer.ggml.tokens": { i32s: [1] } }), /not a list of texts/],
  ])("%s", async (_, file, message) => {
    await expect(reading(file)).rejects.toThrow(TokenizerError);
    await expect(reading(file)).rejects.toThrow(message);
  });

  it("cut short anywhere", async () => {
    for (let length = 0; length < bytes.length; length += 7) {
      await expect(reading(bytes.slice(0, length)), `${length} bytes`).rejects.toThrow(TokenizerError);
    }
  });

  it("with merges that are not of its tokens", async () => {
    await expect(load({ ...tiny, "tokenizer.ggml.merges": { texts: ["a z"] } })).rejects.toThrow(/merge 0, "a z"/);
    await expect(load({ ...tiny, "tokenizer.ggml.merges": { texts: ["ab"] } })).rejects.toThrow(TokenizerError);
  });

  it("changed by chance never do worse than a TokenizerError", async () => {
    let seed = 12345;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % below;
    };
    for (let round = 0; round < 500; round++) {
      const copy = bytes.slice();
      for (let k = 0; k <= random(4); k++) copy[random(copy.length)] = random(256);
      try {
        await packFromGguf("x", new MemoryReader(copy));
      } catch (error) {
        expect(error).toBeInstanceOf(TokenizerError);
      }
    }
  });
});

/** A list of lists of lists. */
function nested(depth: number): Uint8Array {
  const parts = [u32(9)];
  for (let i = 0; i < depth; i++) parts.push(u32(9), u64(1));
  return join([...parts, u32(8), u64(1), text("x"), new Uint8Array(64)]);
}
