import type { ModelDimensions } from "./ggufFacts";
import type { KvCacheShape, KvLayer } from "./kvCache";
import type { Metadata } from "./readMetadata";

/** The sizes of the model, from the metadata of its architecture. */
export function modelDimensions(metadata: Metadata, architecture: string): ModelDimensions {
  const number = (key: string) => metadata.number(`${architecture}.${key}`);
  const most = (key: string) => {
    const value = metadata.numbers(`${architecture}.${key}`);
    return typeof value === "number" || value === undefined ? value : Math.max(0, ...value);
  };
  const heads = most("attention.head_count");
  const embedding = number("embedding_length");
  const headLength = heads && embedding ? embedding / heads : undefined;
  return {
    contextSize: number("context_length"),
    layers: number("block_count"),
    embedding,
    feedForward: most("feed_forward_length"),
    heads,
    kvHeads: most("attention.head_count_kv") ?? heads,
    keyLength: number("attention.key_length") ?? headLength,
    valueLength: number("attention.value_length") ?? headLength,
    vocabularySize: metadata.length("tokenizer.ggml.tokens") ?? number("vocab_size"),
    experts: number("expert_count"),
    expertsUsed: number("expert_used_count"),
    slidingWindow: number("attention.sliding_window"),
  };
}

/** Far more layers than any model has. */
const mostLayers = 4096;

/** What llama.cpp keeps for each token and layer. */
export function kvCacheShape(metadata: Metadata, architecture: string, dimensions: ModelDimensions): KvCacheShape {
  const { layers = 0, heads, keyLength, valueLength } = dimensions;
  if (layers > mostLayers) return { layers: [], fixedBytes: 0, uncertain: `It claims ${layers} layers.` };
  const kvHeads = metadata.numbers(`${architecture}.attention.head_count_kv`) ?? heads ?? 0;
  const shared = metadata.number(`${architecture}.attention.shared_kv_layers`) ?? 0;
  const found: KvLayer[] = [];
  // The last layers of some models read what earlier ones kept.
  for (let layer = 0; layer < layers - shared; layer++) {
    const own = typeof kvHeads === "number" ? kvHeads : (kvHeads[layer] ?? 0);
    if (own === 0) continue;
    found.push({ keys: own * (keyLength ?? 0), values: own * (valueLength ?? 0) });
  }
  const recurrent = recurrentBytes(metadata, architecture, layers - (typeof kvHeads === "number" ? 0 : found.length));
  return {
    layers: found,
    fixedBytes: recurrent,
    uncertain: uncertainty(metadata, architecture, dimensions, recurrent > 0 && typeof kvHeads === "number"),
  };
}

/** State of the layers that carry a state instead of a cache, in 32-bit numbers. Source: llama-hparams.cpp, n_embd_r and n_embd_s. */
function recurrentBytes(metadata: Metadata, architecture: string, layers: number): number {
  const number = (key: string) => metadata.number(`${architecture}.${key}`) ?? 0;
  const inner = number("ssm.inner_size");
  const state = number("ssm.state_size");
  const convolution = Math.max(0, number("ssm.conv_kernel") - 1) * (inner + 2 * number("ssm.group_count") * state);
  const wkv = number("embedding_length") * (number("wkv.head_size") > 0 ? number("wkv.head_size") + 2 : 0);
  return 4 * Math.max(0, layers) * (convolution + inner * state + wkv);
}

function uncertainty(metadata: Metadata, architecture: string, dimensions: ModelDimensions, mixed: boolean) {
  if (!dimensions.layers || !dimensions.keyLength) return "The file does not say all sizes that the cache depends on.";
  if (metadata.number(`${architecture}.attention.kv_lora_rank`) !== undefined)
    return "Its attention keeps compressed keys and values; how much depends on the runtime's version.";
  if (mixed) return "Some of its layers keep a state instead of keys and values; which ones, the file does not say.";
  return undefined;
}
