import type { RangeReader } from "./gguf/byteCursor";
import { type GgufTokenizer, readGgufTokenizer } from "./gguf/ggufTokenizer";
import { planGguf } from "./gguf/planGguf";
import { type Plan, planVocabulary } from "./huggingFace/plan";
import { parseTokenizerJson } from "./huggingFace/tokenizerJson";
import { tokenizerFromPacked } from "./loadTokenizer";
import { packVocabulary } from "./packVocabulary";
import { type Tokenizer, TokenizerError } from "./tokenizer";

// Tokenizers that the user brings: a tokenizer.json or a GGUF file. Reading and packing takes seconds for large
// vocabularies and belongs in a worker; the packed bytes load in milliseconds and are what to keep.

/** Bytes for `tokenizerFromPacked`, or why the engine cannot encode exactly as the file says. */
export type Packed = { readonly packed: Uint8Array } | { readonly unsupported: string };

/** Packs a tokenizer.json. Throws TokenizerError when the file is not one. */
export function packFromJson(name: string, bytes: Uint8Array): Packed {
  return pack(planVocabulary(name, parseTokenizerJson(bytes)));
}

/** Packs a GGUF file's vocabulary, and gives what else the file says. Rejects with TokenizerError when it is damaged. */
export async function packFromGguf(
  name: string,
  file: RangeReader,
): Promise<Packed & { readonly gguf: GgufTokenizer }> {
  const gguf = await readGgufTokenizer(file);
  return { ...pack(planGguf(name, gguf)), gguf };
}

/** Makes a tokenizer with a general library: `loadGeneral` of general/index.ts, which is a bundle of its own. */
export type GeneralLoader = (name: string, bytes: Uint8Array) => Promise<Tokenizer>;

/**
 * A tokenizer from a tokenizer.json: with the engine where it encodes exactly as the file says, else (Unigram, WordPiece,
 * unknown pre-tokenizers) with `general`, whose tokenizers have `fast` false. `reason` says why it is not the engine.
 */
export async function loadTokenizerFromJson(
  name: string,
  bytes: Uint8Array,
  core: Uint8Array,
  general: GeneralLoader,
): Promise<{ readonly tokenizer: Tokenizer; readonly reason?: string }> {
  const result = packFromJson(name, bytes);
  if ("packed" in result) return { tokenizer: await tokenizerFromPacked(core, result.packed) };
  return { tokenizer: await general(name, bytes), reason: result.unsupported };
}

/** A tokenizer from a GGUF file. Rejects with TokenizerError for kinds that are not done here. */
export async function loadTokenizerFromGguf(
  name: string,
  file: RangeReader,
  core: Uint8Array,
): Promise<{ readonly tokenizer: Tokenizer; readonly gguf: GgufTokenizer }> {
  const result = await packFromGguf(name, file);
  if ("packed" in result) return { tokenizer: await tokenizerFromPacked(core, result.packed), gguf: result.gguf };
  throw new TokenizerError(
    `The tokenizer of this GGUF file cannot be used: ${result.unsupported}. If the model has a tokenizer.json, add that instead.`,
  );
}

function pack(plan: Plan): Packed {
  return "vocabulary" in plan ? { packed: packVocabulary(plan.vocabulary) } : plan;
}
