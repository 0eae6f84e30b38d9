import type { PreTokenizerKind } from "../vocabulary";

/** How a `tokenizer.ggml.pre` cuts text, and whether a piece that is a token is taken whole. */
export interface GgufPreTokenizer {
  readonly kind: PreTokenizerKind;
  readonly ignoreMerges: boolean;
}

/**
 * Names of `tokenizer.ggml.pre` by what they do in llama.cpp (src/llama-vocab.cpp). Where llama.cpp rewrites a model's
 * expression for want of Unicode classes (tekken, gpt-4o), the model's own is taken.
 */
const NAMES: Readonly<Record<string, GgufPreTokenizer>> = {
  ...all("llama3", true, "llama3 llama-v3 llama-bpe falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano"),
  ...all("llama3", false, "dbrx smaug-bpe glm4 chatglm-bpe"),
  ...all("qwen2", false, "qwen2 deepseek-r1-qwen kormo f2llmv2 megrez stablelm2 hunyuan solar-open grok-2"),
  ...all("qwen35", false, "qwen35"),
  ...all("deepseekV3", false, "deepseek-v3 hunyuan-dense joyai-llm hy_v4"),
  ...all("smollm", false, "smollm starcoder refact command-r codeshell exaone minerva-7b mellum2"),
  ...all(
    "gpt2",
    false,
    "gpt-2 phi-2 jina-es jina-de gigachat jina-v1-en jina-v2-es jina-v2-de jina-v2-code a.x-4.0 mellum",
  ),
  ...all("gpt2", false, "modern-bert roberta-bpe mpt olmo jais exaone4 trillion granite-docling"),
  ...all("tekken", true, "tekken"),
  ...all("o200k", false, "gpt-4o llama4 kanana2 talkie minimax-m2"),
};

/** Undefined for those that are not known here. */
export function ggufPreTokenizer(name: string): GgufPreTokenizer | undefined {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

function all(kind: PreTokenizerKind, ignoreMerges: boolean, names: string): Record<string, GgufPreTokenizer> {
  return Object.fromEntries(names.split(" ").map((name) => [name, { kind, ignoreMerges }]));
}
