import type { KvCacheShape } from "./kvCache";

/** What a GGUF file is, read from its header; the weights themselves are not read. Plain data. */
export interface GgufFacts {
  /** The file that a runtime opens: the first one of a split model. */
  readonly path: string;
  /** All files of the model in their order; one, unless it is split. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Of all files together. */
  readonly bytes: number;
  /** GGUF version, 2 or 3. */
  readonly version: number;
  readonly name: string | undefined;
  /** "llama", "qwen3", "gemma3". */
  readonly architecture: string;
  /** "Q4_K_M", from the file's own label, or else the type that holds most bytes. */
  readonly quantization: string;
  readonly licence: string | undefined;
  /** Names of the models it was made from, as the file says. */
  readonly baseModels: readonly string[];
  readonly dimensions: ModelDimensions;
  readonly chatTemplate: string | undefined;
  readonly tokenizer: TokenizerFacts | undefined;
  readonly tensors: TensorFacts;
  /** What the KV cache takes: `kvCacheBytes(facts.kvCache, tokens)`, good for a plot. */
  readonly kvCache: KvCacheShape;
  /** Every metadata entry in the file's order, long ones summarised. */
  readonly metadata: readonly MetadataEntry[];
}

/** From the metadata; undefined where the file does not say. */
export interface ModelDimensions {
  /** Tokens it was trained for. */
  readonly contextSize: number | undefined;
  readonly layers: number | undefined;
  readonly embedding: number | undefined;
  readonly feedForward: number | undefined;
  readonly heads: number | undefined;
  /** Heads of keys and values; the largest where layers differ. */
  readonly kvHeads: number | undefined;
  /** Numbers in one head's key and value. */
  readonly keyLength: number | undefined;
  readonly valueLength: number | undefined;
  readonly vocabularySize: number | undefined;
  readonly experts: number | undefined;
  readonly expertsUsed: number | undefined;
  /** Tokens that layers with a sliding window look back. */
  readonly slidingWindow: number | undefined;
}

export interface TokenizerFacts {
  /** As the file names it: "gpt2" (byte-level BPE), "llama" (SentencePiece), "bert", "t5". */
  readonly kind: string;
  /** The pre-tokenizer, for byte-level BPE. */
  readonly preTokenizer: string | undefined;
  readonly size: number;
  readonly bosId: number | undefined;
  readonly eosId: number | undefined;
  readonly addsBos: boolean | undefined;
}

/** A place in the model. `norm` includes all normalisations, `experts` the feed-forward parts that tokens are routed to. */
export type ModelPart =
  | "embedding"
  | "attention"
  | "feedForward"
  | "experts"
  | "recurrent"
  | "norm"
  | "output"
  | "other";

export interface TensorFacts {
  readonly count: number;
  readonly parameters: number;
  /** Of the weights, without header and padding. */
  readonly bytes: number;
  /** Largest first. */
  readonly byPart: readonly (TensorTotals & { readonly part: ModelPart })[];
  /** Largest first. */
  readonly byType: readonly (TensorTotals & { readonly type: string; readonly bitsPerWeight: number })[];
  /** One for each name without its layer ("blk.*.attn_q.weight") and type, in the file's order. */
  readonly groups: readonly TensorGroup[];
  /** The output layer uses the token embedding's weights: they are stored once and counted as embedding. */
  readonly tiedOutput: boolean;
}

export interface TensorTotals {
  readonly count: number;
  readonly parameters: number;
  readonly bytes: number;
}

export interface TensorGroup extends TensorTotals {
  readonly name: string;
  readonly part: ModelPart;
  /** "Q4_K", "F16". */
  readonly type: string;
  /** Of the first one, in ggml's order: the row's length first. */
  readonly shape: readonly number[];
}

export interface MetadataEntry {
  readonly key: string;
  /** "string", "uint32", "array of string". */
  readonly type: string;
  /** The value, or the beginning of a long one. 64-bit integers beyond 2^53 are inexact. */
  readonly value: string | number | boolean | readonly (string | number | boolean)[];
  /** Elements of the whole list, or bytes of the whole text, where `value` is only its beginning; undefined where it is all. */
  readonly length: number | undefined;
}
