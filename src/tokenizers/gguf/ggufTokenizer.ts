import { TokenizerError } from "../tokenizer";
import type { RangeReader } from "./byteCursor";
import { type GgufValue, readGgufMetadata } from "./metadata";

/** What a GGUF file says about its tokenizer, checked. */
export interface GgufTokenizer {
  /** `tokenizer.ggml.model`: "gpt2" (byte-level BPE), "llama" (SentencePiece BPE), or one that is not read here. */
  readonly model: string;
  /** `tokenizer.ggml.pre`. */
  readonly pre: string | undefined;
  readonly tokens: readonly string[];
  /** By id; empty when the file has none. */
  readonly scores: ArrayLike<number>;
  /** By id: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte. Empty when the file has none. */
  readonly types: ArrayLike<number>;
  /** "left right", first merged first. */
  readonly merges: readonly string[];
  /** Whether a space goes before text; undefined where the file does not say. */
  readonly addSpacePrefix: boolean | undefined;
  /** The model's own chat template (Jinja). */
  readonly chatTemplate: string | undefined;
  readonly bosToken: string | undefined;
  readonly eosToken: string | undefined;
  /** Name and context window of the model, as far as the file says. */
  readonly modelName: string | undefined;
  readonly contextTokens: number | undefined;
}

const KEYS = new Set([
  "general.name",
  "general.architecture",
  "tokenizer.chat_template",
  ...[
    "model",
    "pre",
    "tokens",
    "scores",
    "token_type",
    "merges",
    "add_space_prefix",
    "bos_token_id",
    "eos_token_id",
  ].map((key) => `tokenizer.ggml.${key}`),
]);

/**
 * Reads the tokenizer's metadata from a GGUF file: a few megabytes at its beginning, whatever its size.
 *
 * Throws TokenizerError for files that are no GGUF, damaged, cut short or without a tokenizer.
 */
export async function readGgufTokenizer(file: RangeReader): Promise<GgufTokenizer> {
  const metadata = await readGgufMetadata(file, (key) => KEYS.has(key) || key.endsWith(".context_length"));
  const get = (key: string) => metadata.get(`tokenizer.ggml.${key}`);
  const model = text(get("model"));
  const tokens = strings(get("tokens"), "tokens");
  if (model === undefined || tokens.length === 0) {
    throw new TokenizerError("This GGUF file has no tokenizer: it may hold a part of a model, or a projector.");
  }
  const scores = numbers(get("scores"), "scores", tokens.length);
  const types = numbers(get("token_type"), "token_type", tokens.length);
  const nameOf = (key: string) => {
    const id = get(key);
    return typeof id === "number" ? tokens[id] : undefined;
  };
  const architecture = text(metadata.get("general.architecture"));
  const context = metadata.get(`${architecture}.context_length`);
  const prefix = get("add_space_prefix");
  return {
    model,
    pre: text(get("pre")),
    tokens,
    scores,
    types,
    merges: strings(get("merges"), "merges"),
    addSpacePrefix: typeof prefix === "boolean" ? prefix : undefined,
    chatTemplate: text(metadata.get("tokenizer.chat_template")),
    bosToken: nameOf("bos_token_id"),
    eosToken: nameOf("eos_token_id"),
    modelName: text(metadata.get("general.name")),
    contextTokens: typeof context === "number" ? context : undefined,
  };
}

function text(value: GgufValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function strings(value: GgufValue | undefined, key: string): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  throw new TokenizerError(`The GGUF file is damaged: "tokenizer.ggml.${key}" is not a list of texts.`);
}

function numbers(value: GgufValue | undefined, key: string, length: number): ArrayLike<number> {
  if (value === undefined) return [];
  const list = value instanceof Float32Array || value instanceof Int32Array ? value : undefined;
  if (list !== undefined && list.length >= length) return list;
  throw new TokenizerError(`The GGUF file is damaged: "tokenizer.ggml.${key}" is not a list of ${length} numbers.`);
}
