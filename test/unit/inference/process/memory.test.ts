import { statSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { catalogue, inspectGguf } from "../../../../src/inference/library";
import { estimateMemory, leastUse, type MemoryFacts } from "../../../../src/inference/llama/memoryEstimate";

/** Llama 3.1 8B in Q4_K_M: 32 layers, 8 key-value heads of 128. Its KV cache takes 128 KiB a token in f16. */
const llama8b: MemoryFacts = {
  bytes: 4_920_000_000,
  kvCache: {
    layers: Array.from({ length: 32 }, () => ({ keys: 1024, values: 1024 })),
    fixedBytes: 0,
    uncertain: undefined,
  },
  dimensions: {
    ...{ contextSize: 131_072, layers: 32, embedding: 4096, feedForward: 14_336, heads: 32, kvHeads: 8 },
    ...{ keyLength: 128, valueLength: 128, vocabularySize: 128_256 },
    ...{ experts: undefined, expertsUsed: undefined, slidingWindow: undefined },
  },
};
const use = { contextSize: 8192, sequences: 1, kvCacheType: "f16", batchSize: 512, flashAttention: "auto" } as const;

it("adds weights, a KV cache for each sequence, and buffers", () => {
  const one = estimateMemory(llama8b, use);
  // One sequence for a sample, two for reading.
  expect(one.kvCache).toBe(3 * 8192 * 131_072);
  expect(estimateMemory(llama8b, { ...use, sequences: 4 }).kvCache).toBe(2 * one.kvCache);
  expect(estimateMemory(llama8b, { ...use, kvCacheType: "q8_0" }).kvCache).toBe((one.kvCache * 34) / 64);
  expect(one.total).toBe(one.weights + one.kvCache + one.buffers);
  // The logits of one batch alone: 512 rows of 128,256 floats.
  expect(one.buffers).toBeGreaterThan(512 * 128_256 * 4);
  expect(one.buffers).toBeLessThan(600e6);
  expect(estimateMemory(llama8b, { ...use, flashAttention: false }).buffers).toBeGreaterThan(one.buffers);
});

it("counts every cell of Gemma's layers with a window: the runtime keeps the full cache of each sequence", () => {
  const gemma = catalogue.find(({ name }) => name.startsWith("Gemma 3 12B")) ?? expect.fail("not in the catalogue");
  const facts = { ...llama8b, kvCache: gemma.kvCache };
  // Keys and values of 48 layers, 8 heads of 256 numbers of 2 bytes.
  expect(estimateMemory(facts, { ...use, contextSize: 32_768 }).kvCache).toBe(3 * 32_768 * 48 * 2 * 8 * 256 * 2);
});

it("asks for little where nothing is set, and for what a person has set", () => {
  expect(leastUse({ ...use, contextSize: "auto", sequences: 10 })).toEqual({ ...use, contextSize: 1024, sequences: 1 });
  expect(leastUse({ ...use, contextSize: 65_536, sequences: 2 })).toEqual({
    ...use,
    contextSize: 65_536,
    sequences: 1,
  });
});

it("knows the specimen from its file", async () => {
  const facts = await inspectGguf(path.resolve("media/models/specimen-base.gguf"), new AbortController().signal);
  const contextSize = facts.dimensions.contextSize ?? expect.fail("no context size");
  const estimate = estimateMemory(facts, { ...use, contextSize });
  expect(estimate.weights).toBe(statSync(facts.path).size);
  expect(estimate.kvCache).toBeGreaterThan(0);
  expect(estimate.total).toBeLessThan(500e6);
});
