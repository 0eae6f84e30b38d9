import { BytePairTokenizer } from "./bytePairTokenizer";
import { RuledTokenizer } from "./huggingFace/ruledTokenizer";
import { areEmpty } from "./huggingFace/textRules";
import { readPacked } from "./packedVocabulary";
import type { TokenizerSource } from "./source";
import type { Tokenizer } from "./tokenizer";

/**
 * Loads a shipped tokenizer by its name ("o200k_base"). Rejects when the source has no such vocabulary, and with
 * TokenizerError when its bytes cannot be used.
 */
export async function loadTokenizer(name: string, source: TokenizerSource): Promise<Tokenizer> {
  const [core, file] = await Promise.all([source.core(), source.vocabulary(name)]);
  return tokenizerFromPacked(core, file, (base) => source.vocabulary(base));
}

/** Builds a tokenizer from the compiled core and the bytes that `packVocabulary` made. */
export async function tokenizerFromPacked(
  core: Uint8Array,
  file: Uint8Array,
  baseVocabulary: (name: string) => Promise<Uint8Array> = noBase,
): Promise<Tokenizer> {
  const packed = readPacked(file);
  const { header } = packed;
  const tables = header.base === undefined ? packed : readPacked(await baseVocabulary(header.base));
  const addedTokens = new Map(header.addedTokens);
  const specialTokens = new Map(header.specialTokens);
  // Browsers' types leave out shared memory, which no source hands over.
  const engine = new BytePairTokenizer(new WebAssembly.Module(core as Uint8Array<ArrayBuffer>), tables, {
    name: header.name,
    specialTokens,
    addedTokens,
  });
  const rules = header.text ?? {};
  return addedTokens.size === 0 && areEmpty(rules) ? engine : new RuledTokenizer(engine, addedTokens, rules);
}

async function noBase(name: string): Promise<Uint8Array> {
  throw new Error(`The vocabulary "${name}", which this one is built on, is not at hand.`);
}
