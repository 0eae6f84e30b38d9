/**
 * Memory of the KV cache, as llama.cpp lays it out (llama-kv-cache.cpp): for each layer `cells` rows of keys and of values.
 * Layers with a sliding window keep all cells too: they could do with those of the window, but then the runtime could not go
 * back to a prefix, so it asks for the full cache (`defaultContextSwaFullCache`).
 */
export interface KvCacheShape {
  readonly layers: readonly KvLayer[];
  /** Bytes that do not grow with the context: the state of recurrent layers (Mamba, RWKV). */
  readonly fixedBytes: number;
  /** Why the figures may be off; undefined where all that is needed was in the file. */
  readonly uncertain: string | undefined;
}

export interface KvLayer {
  /** Numbers kept for each token: heads x length. */
  readonly keys: number;
  readonly values: number;
}

export type KvCacheType = "F32" | "F16" | "BF16" | "Q8_0" | "Q5_1" | "Q5_0" | "Q4_1" | "Q4_0";

const bytesPerNumber: Readonly<Record<KvCacheType, number>> = {
  F32: 4,
  F16: 2,
  BF16: 2,
  Q8_0: 34 / 32,
  Q5_1: 24 / 32,
  Q5_0: 22 / 32,
  Q4_1: 20 / 32,
  Q4_0: 18 / 32,
};

/** llama.cpp rounds cells up to this. */
const padding = 256;

/** Bytes of the KV cache of one sequence with a context of `tokens`. */
export function kvCacheBytes(
  shape: KvCacheShape,
  tokens: number,
  { keys = "F16", values = "F16" }: { readonly keys?: KvCacheType; readonly values?: KvCacheType } = {},
): number {
  const cells = Math.ceil(tokens / padding) * padding;
  let bytes = shape.fixedBytes;
  for (const layer of shape.layers)
    bytes += cells * (layer.keys * bytesPerNumber[keys] + layer.values * bytesPerNumber[values]);
  return Math.ceil(bytes);
}
