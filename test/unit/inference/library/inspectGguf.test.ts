import { existsSync } from "node:fs";
import { readFile, truncate } from "node:fs/promises";
import path from "node:path";
import { readGgufFileInfo } from "node-llama-cpp";
import { describe, expect, it, vi } from "vitest";
import { type GgufFacts, inspectGguf, kvCacheBytes, LibraryError } from "../../../../src/inference/library";
import { type Field, join, text, u32, u64 } from "../../tokenizers/gguf/writeGguf";
import { put, temporaryFolders } from "./temporaryFolder";
import { modelFields, modelTensors, type TensorSpec, writeModel } from "./writeModel";

const specimen = path.resolve(import.meta.dirname, "../../../../media/models/specimen-chat.gguf");
/** A real model that other tests fetch from a package registry; where they have not, this is left out. */
const smol = path.resolve(import.meta.dirname, "../../../../.cache/models/SmolLM2-135M-Instruct.Q4_1.gguf");
const { signal } = new AbortController();
const folder = temporaryFolders();

async function inspect(bytes: Uint8Array): Promise<GgufFacts> {
  return inspectGguf(await put(await folder(), "model.gguf", bytes), signal);
}

async function refusal(bytes: Uint8Array): Promise<LibraryError> {
  const error = await inspect(bytes).then(
    () => new Error("was accepted"),
    (rejected: unknown) => rejected,
  );
  if (error instanceof LibraryError) return error;
  throw error;
}

const withFields = (more: Record<string, Field>) => writeModel({ ...modelFields, ...more });
const withTensors = (...tensors: TensorSpec[]) => writeModel(modelFields, tensors);

describe("inspectGguf", () => {
  it("agrees with node-llama-cpp's own reader on the specimen", async () => {
    const facts = await inspectGguf(specimen, signal);
    const oracle = await readGgufFileInfo(specimen, { logWarnings: false });
    expect(facts.version).toBe(oracle.version);
    expect(facts.tensors.count).toBe(oracle.tensorCount);
    const { llama } = oracle.metadata as unknown as { llama: Record<string, number> };
    expect(facts.dimensions).toMatchObject({
      contextSize: llama.context_length,
      layers: llama.block_count,
      embedding: llama.embedding_length,
      feedForward: llama.feed_forward_length,
      vocabularySize: oracle.metadata.tokenizer.ggml.tokens.length,
    });
    expect(facts.chatTemplate).toBe(oracle.metadata.tokenizer.chat_template);
    expect(facts.quantization).toBe("Q8_0");
    const parameters = (oracle.tensorInfo ?? []).map(({ dimensions }) =>
      dimensions.reduce((product: number, each) => product * Number(each), 1),
    );
    expect(parameters.length).toBe(oracle.tensorCount);
    expect(facts.tensors.parameters).toBe(parameters.reduce((a, b) => a + b, 0));
    for (const totals of [facts.tensors.byPart, facts.tensors.byType, facts.tensors.groups])
      expect(totals.reduce((sum, each) => sum + each.parameters, 0)).toBe(facts.tensors.parameters);
    expect(facts.tensors.bytes).toBeLessThan(facts.bytes);
  });

  it.skipIf(!existsSync(smol))("counts the 134,515,008 parameters that SmolLM2 135M is published with", async () => {
    const facts = await inspectGguf(smol, signal);
    expect(facts.tensors.parameters).toBe(134_515_008);
    expect(facts).toMatchObject({ architecture: "llama", quantization: "Q4_1", licence: "apache-2.0" });
    // 30 layers, 3 heads of 64 numbers, keys and values, 2 bytes.
    expect(kvCacheBytes(facts.kvCache, 2048)).toBe(2048 * 30 * 3 * 64 * 2 * 2);
  });

  it("counts by part, by type and by name without the layer", async () => {
    const { tensors } = await inspect(writeModel());
    expect(tensors.count).toBe(6);
    expect(Object.fromEntries(tensors.byPart.map(({ part, parameters }) => [part, parameters]))).toEqual({
      embedding: 6400,
      attention: 8192,
      feedForward: 8192,
      norm: 64,
      output: 6400,
    });
    expect(tensors.byType.map(({ type, bytes, bitsPerWeight }) => [type, bytes, bitsPerWeight])).toEqual([
      ["F32", 51456, 32],
      ["F16", 16384, 16],
      ["Q8_0", 8704, 8.5],
    ]);
    expect(tensors.groups.find(({ name }) => name === "blk.*.attn_q.weight")).toMatchObject({
      count: 2,
      parameters: 8192,
      shape: [64, 64],
    });
    expect(tensors.tiedOutput).toBe(false);
    expect((await inspect(withTensors(...modelTensors.slice(0, 5)))).tensors.tiedOutput).toBe(true);
  });

  it.each([
    ["blk.3.ffn_gate_exps.weight", "experts"],
    ["blk.3.ffn_gate_inp.weight", "experts"],
    ["blk.3.ffn_norm.weight", "norm"],
    ["blk.3.attn_q_norm.weight", "norm"],
    ["blk.3.ssm_conv1d.weight", "recurrent"],
    ["rope_freqs.weight", "other"],
  ])("%s is %s", async (name, part) => {
    const { tensors } = await inspect(withTensors({ name, shape: [32], bytes: 128 }));
    expect(tensors.groups[0]?.part).toBe(part);
  });

  it("cuts long values to their beginning and says how long they are", async () => {
    const { metadata } = await inspect(
      withFields({
        "a.text": { text: "é".repeat(10_000) },
        "a.list": { i32s: Array.from({ length: 9000 }, (_, i) => i) },
      }),
    );
    const of = (key: string) => metadata.find((entry) => entry.key === key);
    expect(of("a.text")).toMatchObject({ type: "string", length: 20_000, value: "é".repeat(2048) });
    expect(of("a.list")?.length).toBe(9000);
    expect(of("a.list")?.value).toHaveLength(512);
    expect(of("tokenizer.ggml.tokens")).toMatchObject({ type: "array of string", length: 100 });
    expect(of("llama.block_count")).toEqual({ key: "llama.block_count", type: "uint32", value: 2, length: undefined });
  });

  it("keeps a long chat template whole", async () => {
    const template = `{# ${"x".repeat(300_000)} #}{{ messages }}`;
    expect((await inspect(withFields({ "tokenizer.chat_template": { text: template } }))).chatTemplate).toBe(template);
  });
});

describe("a GGUF file", () => {
  it("cut anywhere is refused, with the missing bytes once the header is whole", async () => {
    const whole = await readFile(specimen);
    const file = await put(await folder(), "cut.gguf", whole);
    const { tensors } = await inspectGguf(file, signal);
    const header = whole.length - tensors.bytes;
    const cuts = [
      whole.length - 1,
      ...[0.99, 0.9, 0.75, 0.5, 0.25, 0.1].map((share) => header + Math.floor((whole.length - header) * share)),
      ...[0.99, 0.9, 0.7, 0.5, 0.3, 0.1, 0.01].map((share) => Math.floor(header * share)),
      ...[24, 23, 8, 4, 1, 0],
    ];
    for (const length of cuts.sort((a, b) => b - a)) {
      await truncate(file, length);
      const error = await inspectGguf(file, signal).catch((rejected: unknown) => rejected);
      expect(error, `cut to ${length}`).toBeInstanceOf(LibraryError);
      const { code, message } = error as LibraryError;
      if (length > header) {
        expect(code).toBe("truncated");
        expect(message).toContain(`so ${(whole.length - length).toLocaleString("en")} are missing`);
      } else expect(["damaged", "truncated", "notGguf"]).toContain(code);
    }
  });

  const header = (version: number, tensors: number, pairs: number) =>
    join([new TextEncoder().encode("GGUF"), u32(version), u64(tensors), u64(pairs)]);
  const pair = (key: string, type: number, ...value: Uint8Array[]) => join([text(key), u32(type), ...value]);
  const nested = (depth: number): Uint8Array =>
    depth === 0 ? join([u32(0), u64(0)]) : join([u32(9), u64(1), nested(depth - 1)]);
  const huge = 2 ** 60;

  it.each([
    ["of another kind", new TextEncoder().encode("PK\u0003\u0004 this is an archive, not a model"), "notGguf", "GGUF"],
    ["of version 1", header(1, 0, 0), "notGguf", "version 1"],
    ["of version 9", header(9, 0, 0), "notGguf", "version 9"],
    ["in big-endian", header(0x03000000, 0, 0), "notGguf", "big-endian"],
    ["claiming 2^60 metadata", header(3, 0, huge), "notGguf", "metadata entries"],
    ["claiming 2^60 tensors", header(3, huge, 0), "damaged", "tensors"],
    ["with a key of 2^60 bytes", join([header(3, 0, 1), u64(huge), new Uint8Array(64)]), "damaged", "bytes"],
    [
      "with a text of 2^60 bytes",
      join([header(3, 0, 1), pair("a", 8, u64(huge)), new Uint8Array(64)]),
      "damaged",
      "bytes",
    ],
    [
      "with a list of 2^60",
      join([header(3, 0, 1), pair("a", 9, u32(4), u64(huge)), new Uint8Array(64)]),
      "damaged",
      "elements",
    ],
    [
      "with 2^60 texts",
      join([header(3, 0, 1), pair("a", 9, u32(8), u64(huge)), new Uint8Array(64)]),
      "damaged",
      "elements",
    ],
    ["with lists in lists", join([header(3, 0, 1), pair("a", 9, nested(40)), new Uint8Array(64)]), "damaged", "nested"],
    ["with an unknown value", join([header(3, 0, 1), pair("a", 77, u64(1)), new Uint8Array(64)]), "damaged", "type 77"],
    ["with a key twice", join([header(3, 0, 2), pair("a", 4, u32(1)), pair("a", 4, u32(1))]), "damaged", "twice"],
    ["without architecture", writeModel({}, modelTensors), "damaged", "architecture"],
    ["aligned to 7", withFields({ "general.alignment": { u32: 7 } }), "damaged", "aligned"],
    ["with no tensors", withTensors(), "unsupported", "no weights"],
    [
      "with overlapping tensors",
      withTensors({ name: "a", shape: [32], bytes: 128 }, { name: "b", shape: [32], bytes: 128, offset: 64 }),
      "damaged",
      "overlaps",
    ],
    [
      "with a tensor twice",
      withTensors({ name: "a", shape: [32], bytes: 128 }, { name: "a", shape: [32], bytes: 128 }),
      "damaged",
      "twice",
    ],
    [
      "with a tensor of 2^60 rows",
      withTensors({ name: "a", shape: [2 ** 40, 2 ** 40], bytes: 128 }),
      "damaged",
      "shape",
    ],
    ["with an empty tensor", withTensors({ name: "a", shape: [0], bytes: 128 }), "damaged", "shape"],
    [
      "with a tensor out of line",
      withTensors({ name: "a", shape: [32], bytes: 128, offset: 5 }),
      "damaged",
      "multiple",
    ],
    [
      "with a tensor at 2^52",
      withTensors({ name: "a", shape: [32], bytes: 0, offset: 2 ** 52 }),
      "truncated",
      "missing",
    ],
    ["with half a block", withTensors({ name: "a", shape: [33], type: 8, bytes: 64 }), "damaged", "packs 32"],
    ["for images", withFields({ "general.architecture": { text: "clip" } }), "unsupported", "projector"],
    ["that is an adapter", withFields({ "general.type": { text: "adapter" } }), "unsupported", "LoRA"],
    ["that makes vectors", withFields({ "general.architecture": { text: "bert" } }), "unsupported", "embedding model"],
  ])("%s is refused with the reason", async (_case, bytes, code, words) => {
    const error = await refusal(bytes);
    expect(error.message).toContain(words);
    expect(error.code).toBe(code);
  });

  it("changed by chance is read or refused with a LibraryError, and always quickly", async () => {
    const whole = writeModel();
    const header = whole.length - modelTensors.reduce((sum, { bytes }) => sum + bytes, 0);
    const here = await folder();
    let seed = 20_261_121;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    let refused = 0;
    for (let i = 0; i < 600; i++) {
      const bytes = whole.slice();
      for (let changes = 1 + random(3); changes > 0; changes--)
        bytes[random(header)] = random(4) === 0 ? 255 : random(256);
      const file = await put(here, "changed.gguf", bytes);
      const start = performance.now();
      const error = await inspectGguf(file, signal).then(
        () => undefined,
        (rejected: unknown) => rejected,
      );
      if (error !== undefined) {
        expect(error).toBeInstanceOf(LibraryError);
        refused++;
      }
      expect(performance.now() - start).toBeLessThan(2000);
    }
    expect(refused).toBeGreaterThan(100);
  });

  it("with more metadata than any model is refused before it fills the memory", async () => {
    const fields = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, { text: "x".repeat(4000) }]));
    expect((await refusal(writeModel({ ...modelFields, ...fields }))).message).toContain("more metadata");
  });

  it("that is not there, or a folder, says so", async () => {
    const here = await folder();
    await expect(inspectGguf(path.join(here, "none.gguf"), signal)).rejects.toThrow("it is not there");
    await expect(inspectGguf(here, signal)).rejects.toBeInstanceOf(LibraryError);
  });

  it("is not read on once aborted", async () => {
    const stop = new AbortController();
    stop.abort(new Error("enough"));
    await expect(inspectGguf(specimen, stop.signal)).rejects.toThrow("enough");
  });
});

describe("a split model", () => {
  const split = (no: number, count: number): Record<string, Field> => ({
    "split.no": { raw: join([u32(2), Uint8Array.of(no, 0)]) },
    "split.count": { raw: join([u32(2), Uint8Array.of(count, 0)]) },
    "split.tensors.count": { raw: join([u32(5), u32(6)]) },
  });
  const parts = (count = 3) => [
    writeModel({ ...modelFields, ...split(0, count) }, []),
    writeModel(split(1, count), modelTensors.slice(0, 4)),
    writeModel(split(2, count), modelTensors.slice(4)),
  ];
  const name = (part: number) => `tiny-0000${part}-of-00003.gguf`;

  it("is one, by whichever part it is asked for", async () => {
    const here = await folder();
    const written = parts();
    for (const [i, bytes] of written.entries()) await put(here, name(i + 1), bytes);
    for (const part of [1, 2, 3]) {
      const facts = await inspectGguf(path.join(here, name(part)), signal);
      expect(facts.path).toBe(path.join(here, name(1)));
      expect(facts.files.map((file) => file.bytes)).toEqual(written.map((bytes) => bytes.length));
      expect(facts.tensors.count).toBe(6);
      expect(facts.name).toBe("Tiny");
    }
  });

  it("with a part missing, swapped or renamed is refused", async () => {
    const here = await folder();
    const [first, second, third] = parts() as [Uint8Array, Uint8Array, Uint8Array];
    const file = await put(here, name(1), first);
    await put(here, name(2), second);
    await expect(inspectGguf(file, signal)).rejects.toThrow(`${name(3)} is missing`);
    await put(here, name(3), second);
    await expect(inspectGguf(file, signal)).rejects.toThrow("is not part 3 of 3");
    await put(here, name(3), writeModel(split(2, 3), []));
    await expect(inspectGguf(file, signal)).rejects.toThrow("should have 6 tensors");
    await expect(inspectGguf(await put(here, "renamed.gguf", third), signal)).rejects.toThrow("does not say which");
  });
});

describe("many tensors", () => {
  const count = 3000;
  // Each third one of a type that nobody knows: its size is the place up to the next.
  const many = Array.from({ length: count }, (_, i) => ({
    name: `blk.${i % 30}.ffn_up.${i}.weight`,
    shape: [8],
    type: i % 3 === 0 ? 900 : 0,
    bytes: 32,
    offset: ((i * 7 + 6) % count) * 32, // the last one last: writeModel ends with it
  }));

  it("are held against each other wherever they lie", async () => {
    const { tensors } = await inspect(writeModel(modelFields, many));
    expect(tensors).toMatchObject({ count, parameters: count * 8, bytes: expect.any(Number) });
    expect(tensors.byType.find(({ type }) => type === "F32")).toMatchObject({ count: 2000, bytes: 64_000 });
    expect(tensors.byType.find(({ type }) => type === "type 900")?.count).toBe(1000);
    const twice = many.with(5, { ...many[5]!, offset: many[6]!.offset });
    await expect(inspect(writeModel(modelFields, twice))).rejects.toThrow("overlaps");
  });

  it("leave the event loop its turns", async () => {
    // A slow machine: each look at the clock finds a slice over.
    let now = 0;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => (now += 6));
    const turns = vi.spyOn(globalThis, "setImmediate");
    try {
      await inspect(writeModel(modelFields, many));
      // Reading, sorting in, sizing, settling and counting each tensor.
      expect(turns.mock.calls.length).toBeGreaterThanOrEqual(5 * count);
    } finally {
      clock.mockRestore();
      turns.mockRestore();
    }
  });
});

describe("the KV cache", () => {
  it("takes what llama.cpp takes: cells of 256, heads x length numbers of 2 bytes", async () => {
    const { kvCache } = await inspect(writeModel());
    // 2 layers, 2 heads of 16 numbers, keys and values.
    expect(kvCacheBytes(kvCache, 1000)).toBe(1024 * 2 * (2 * 16 + 2 * 16) * 2);
    expect(kvCacheBytes(kvCache, 1024, { keys: "Q8_0", values: "Q8_0" })).toBe(1024 * 2 * 64 * (34 / 32));
    expect(kvCache.uncertain).toBeUndefined();
  });

  it("takes as much in layers with a window: the runtime asks for all cells of them", async () => {
    const fields = Object.fromEntries(
      Object.entries(modelFields).map(([key, value]) => [key.replace("llama.", "gemma3."), value]),
    );
    const { kvCache } = await inspect(
      writeModel({
        ...fields,
        "general.architecture": { text: "gemma3" },
        "gemma3.block_count": { u32: 12 },
        "gemma3.attention.sliding_window": { u32: 512 },
      }),
    );
    expect(kvCacheBytes(kvCache, 32_768)).toBe(12 * 32_768 * 64 * 2);
  });

  it("leaves out layers without heads", async () => {
    const { kvCache } = await inspect(withFields({ "llama.attention.head_count_kv": { i32s: [0, 2] } }));
    expect(kvCache.layers).toHaveLength(1);
  });
});
