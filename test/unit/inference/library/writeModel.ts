import { type Field, join, text, u32, u64, writeGguf } from "../../tokenizers/gguf/writeGguf";

export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** ggml's number of the type. Default 0, F32. */
  readonly type?: number;
  /** Bytes it takes. */
  readonly bytes: number;
  /** Where it begins among the weights; default after the one before. */
  readonly offset?: number;
}

export const modelFields: Readonly<Record<string, Field>> = {
  "general.architecture": { text: "llama" },
  "general.name": { text: "Tiny" },
  "general.file_type": { u32: 15 },
  "general.license": { text: "apache-2.0" },
  "llama.context_length": { u32: 4096 },
  "llama.block_count": { u32: 2 },
  "llama.embedding_length": { u32: 64 },
  "llama.feed_forward_length": { u32: 128 },
  "llama.attention.head_count": { u32: 4 },
  "llama.attention.head_count_kv": { u32: 2 },
  "tokenizer.ggml.model": { text: "gpt2" },
  "tokenizer.ggml.tokens": { texts: Array.from({ length: 100 }, (_, i) => `t${i}`) },
  "tokenizer.chat_template": { text: "{{ messages[0].content }}" },
};

export const modelTensors: readonly TensorSpec[] = [
  { name: "token_embd.weight", shape: [64, 100], bytes: 64 * 100 * 4 },
  { name: "blk.0.attn_q.weight", shape: [64, 64], type: 1, bytes: 64 * 64 * 2 },
  { name: "blk.1.attn_q.weight", shape: [64, 64], type: 1, bytes: 64 * 64 * 2 },
  { name: "blk.0.ffn_up.weight", shape: [64, 128], type: 8, bytes: (64 * 128 * 34) / 32 },
  { name: "blk.0.attn_norm.weight", shape: [64], bytes: 256 },
  { name: "output.weight", shape: [64, 100], bytes: 64 * 100 * 4 },
];

/** The bytes of a whole GGUF file with these metadata and tensors, weights all zero, at most 1 MiB of them. */
export function writeModel(
  fields: Readonly<Record<string, Field>> = modelFields,
  tensors: readonly TensorSpec[] = modelTensors,
): Uint8Array {
  const head = writeGguf(fields);
  head.set(u64(tensors.length), 8);
  let at = 0;
  const described = tensors.map((tensor) => {
    const offset = tensor.offset ?? at;
    at = Math.ceil((offset + tensor.bytes) / 32) * 32;
    return join([
      text(tensor.name),
      u32(tensor.shape.length),
      ...tensor.shape.map(u64),
      u32(tensor.type ?? 0),
      u64(offset),
    ]);
  });
  const before = join([head, ...described]);
  return join([before, new Uint8Array((32 - (before.length % 32)) % 32), new Uint8Array(Math.min(at, 1 << 20))]);
}
