import type { GgufFacts } from "../library/gguf/ggufFacts";
import { kvCacheBytes } from "../library/gguf/kvCache";
import { READING_SEQUENCES } from "./runtime/contextPlan";
import type { KvCacheType, LlamaSettings } from "./runtime/loadOptions";

/** Bytes a model is expected to take, before it is loaded. Weights and KV cache follow from the file; buffers are a guess. */
export interface MemoryEstimate {
  readonly weights: number;
  /** Of all sequences together, those kept for reading too: each one has a cache of the whole context. */
  readonly kvCache: number;
  /** What one batch computes in, the logits, and the runtime itself. */
  readonly buffers: number;
  readonly total: number;
}

export type MemoryFacts = Pick<GgufFacts, "bytes" | "kvCache" | "dimensions">;

export interface MemoryUse {
  /** Tokens. */
  readonly contextSize: number;
  /** Samples side by side. */
  readonly sequences: number;
  readonly kvCacheType: KvCacheType;
  /** Tokens of one batch. */
  readonly batchSize: number;
  readonly flashAttention: LlamaSettings["flashAttention"];
}

/** The runtime, its threads and a JavaScript engine. */
const runtimeBytes = 90e6;
const float = 4;

/** What a model takes with a context of this size and so many sequences. */
export function estimateMemory({ bytes, kvCache, dimensions }: MemoryFacts, use: MemoryUse): MemoryEstimate {
  const type = cacheTypes[use.kvCacheType];
  const cache =
    (use.sequences + READING_SEQUENCES) * kvCacheBytes(kvCache, use.contextSize, { keys: type, values: type });
  const { embedding = 0, feedForward = 4 * embedding, heads = 0, vocabularySize = 0 } = dimensions;
  // llama.cpp reserves its graph for a full batch: logits, a few rows of activations, and the scores of one layer's
  // attention unless flash attention never writes them down.
  const perToken = vocabularySize + 4 * embedding + 2 * feedForward;
  const scores = use.flashAttention === false ? heads * use.contextSize : 0;
  const buffers = runtimeBytes + use.batchSize * float * (perToken + scores);
  return { weights: bytes, kvCache: cache, buffers, total: bytes + cache + buffers };
}

/**
 * The least that loading with these settings takes: what they leave open is cut down by the runtime, to the memory it
 * finds, as far as one sample at a time with a short context.
 */
export function leastUse(settings: Omit<MemoryUse, "contextSize"> & Pick<LlamaSettings, "contextSize">): MemoryUse {
  return {
    ...settings,
    contextSize: settings.contextSize === "auto" ? shortContext : settings.contextSize,
    sequences: 1,
  };
}

const shortContext = 1024;

const cacheTypes = {
  f32: "F32",
  f16: "F16",
  q8_0: "Q8_0",
  q5_1: "Q5_1",
  q5_0: "Q5_0",
  q4_1: "Q4_1",
  q4_0: "Q4_0",
} as const satisfies Record<KvCacheType, string>;
