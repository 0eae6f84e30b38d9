import path from "node:path";
import { expect, it } from "vitest";
import { inspectGguf } from "../../../../src/inference/library";
import { estimateMemory, type MemoryFacts } from "../../../../src/inference/llama/memoryEstimate";
import { planMemory } from "../../../../src/inference/llama/memoryPlan";

/** Llama 3.1 8B in Q4_K_M: 32 layers, 8 key-value heads of 128. Its KV cache takes 128 KiB a token in f16. */
const llama8b: MemoryFacts = {
  bytes: 4_920_000_000,
  kvCache: {
    layers: Array.from({ length: 32 }, () => ({ keys: 1024, values: 1024, window: undefined })),
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
  expect(one.kvCache).toBe(8192 * 131_072);
  expect(estimateMemory(llama8b, { ...use, sequences: 4 }).kvCache).toBe(4 * one.kvCache);
  expect(estimateMemory(llama8b, { ...use, kvCacheType: "q8_0" }).kvCache).toBe((one.kvCache * 34) / 64);
  expect(one.total).toBe(one.weights + one.kvCache + one.buffers);
  // The logits of one batch alone: 512 rows of 128,256 floats.
  expect(one.buffers).toBeGreaterThan(512 * 128_256 * 4);
  expect(one.buffers).toBeLessThan(600e6);
  expect(estimateMemory(llama8b, { ...use, flashAttention: false }).buffers).toBeGreaterThan(one.buffers);
});

const open = { ...use, contextSize: "auto", sequences: undefined } as const;
const GB = 1e9;

it("fills what is open from the memory: samples side by side first, then the context", () => {
  expect(planMemory(llama8b, open, 32 * GB)).toMatchObject({ contextSize: 8192, sequences: 10, fits: true });
  expect(planMemory(llama8b, open, 12 * GB)).toMatchObject({ contextSize: 8192, sequences: 4, fits: true });
  expect(planMemory(llama8b, open, 7 * GB)).toMatchObject({ contextSize: 4096, sequences: 1, fits: true });
  expect(planMemory(llama8b, open, 2 * GB)).toMatchObject({ contextSize: 1024, sequences: 1, fits: false });
});

it("leaves what a person has set, and says when it does not fit", () => {
  const set = { ...open, contextSize: 65_536, sequences: 2 } as const;
  expect(planMemory(llama8b, set, 64 * GB)).toMatchObject({ contextSize: 65_536, sequences: 2, fits: true });
  expect(planMemory(llama8b, set, 8 * GB)).toMatchObject({ contextSize: 65_536, sequences: 2, fits: false });
});

it("knows the specimen from its file", async () => {
  const facts = await inspectGguf(path.resolve("media/models/specimen-base.gguf"), new AbortController().signal);
  const plan = planMemory(facts, open, 4 * GB);
  expect(plan).toMatchObject({ contextSize: facts.dimensions.contextSize, sequences: 10, fits: true });
  expect(plan.estimate.total).toBeLessThan(0.5 * GB);
});
