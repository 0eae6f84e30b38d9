import { packVariant, packVocabulary } from "../packVocabulary";
import { TokenizerError } from "../tokenizer";
import type { Vocabulary } from "../vocabulary";
import { planVocabulary } from "./plan";
import { parseTokenizerJson } from "./tokenizerJson";

/**
 * Packs a tokenizer.json into the bytes that `tokenizerFromPacked` loads. Takes seconds: for builds and workers.
 *
 * Throws TokenizerError where the file is wrong, or where the engine cannot encode exactly as it says.
 */
export function packTokenizerJson(name: string, bytes: Uint8Array): Uint8Array {
  return packVocabulary(plannedVocabulary(name, bytes));
}

/**
 * The same for a file that differs from `base` in its special and added tokens alone: shares the tables of the packed
 * `baseName`. Throws TokenizerError where more differs.
 */
export function packOverBase(name: string, bytes: Uint8Array, baseName: string, baseBytes: Uint8Array): Uint8Array {
  const vocabulary = plannedVocabulary(name, bytes);
  if (tables(vocabulary) !== tables(plannedVocabulary(baseName, baseBytes))) {
    throw new TokenizerError(
      `"${name}" differs from "${baseName}" in more than its special tokens: pack it by itself.`,
    );
  }
  const { preTokenizer, specialTokens, addedTokens, text } = vocabulary;
  return packVariant(name, baseName, preTokenizer, specialTokens, addedTokens, text);
}

function plannedVocabulary(name: string, bytes: Uint8Array): Vocabulary {
  const plan = planVocabulary(name, parseTokenizerJson(bytes));
  if ("vocabulary" in plan) return plan.vocabulary;
  throw new TokenizerError(`"${name}" cannot be packed: ${plan.unsupported}.`);
}

/** All that a packed file's tables are made from, as text. */
function tables({ tokens, merges, preTokenizer, ignoreMerges, symbols, text }: Vocabulary): string {
  const spelled = tokens.map((token) => (token === undefined ? null : String.fromCharCode(...token)));
  return JSON.stringify({ spelled, merges, preTokenizer, ignoreMerges, symbols, text });
}
