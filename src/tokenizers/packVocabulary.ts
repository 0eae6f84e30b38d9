import { deriveMerges } from "./derivation";
import type { TextRules } from "./huggingFace/textRules";
import { writePacked } from "./packedVocabulary";
import { TokenizerError } from "./tokenizer";
import { writeVarints } from "./varints";
import type { Vocabulary } from "./vocabulary";

/** Ids and merges have to fit the core's tables. */
const MOST_TOKENS = 1 << 20;

/**
 * Packs a vocabulary into the bytes that `BytePairTokenizer` loads. Takes about a second for 200,000 tokens, since each
 * token's own derivation is worked out. Throws TokenizerError for vocabularies that cannot be used.
 */
export function packVocabulary(vocabulary: Vocabulary): Uint8Array {
  const { name, tokens } = vocabulary;
  if (tokens.length > MOST_TOKENS) {
    throw new TokenizerError(`"${name}" has ${tokens.length} tokens; at most ${MOST_TOKENS} can be used.`);
  }
  const byteTokens = bytesToTokens(vocabulary);
  const { merges, lines, derived, properOrder } = deriveMerges(vocabulary, byteTokens);

  const whole = new Uint8Array((tokens.length + 7) >> 3);
  tokens.forEach((token, id) => {
    if (token !== undefined && token.length > 0 && (vocabulary.ignoreMerges || derived[id]))
      whole[id >> 3]! |= 1 << (id & 7);
  });
  const pairs = new Uint8Array(merges.length * 6);
  merges.forEach(({ left, right }, index) => {
    [left, left >> 8, left >> 16, right, right >> 8, right >> 16].forEach((byte, k) => {
      pairs[index * 6 + k] = byte;
    });
  });
  const bytes = new Uint8Array(tokens.reduce((sum, token) => sum + (token?.length ?? 0), 0));
  let at = 0;
  for (const token of tokens) {
    if (token === undefined) continue;
    bytes.set(token, at);
    at += token.length;
  }
  return writePacked(
    {
      name,
      preTokenizer: vocabulary.preTokenizer,
      symbols: vocabulary.symbols,
      byteTokens,
      ...(vocabulary.unknown === undefined ? {} : { unknown: vocabulary.unknown }),
      tokens: tokens.length,
      merges: merges.length,
      properOrder,
      specialTokens: [...vocabulary.specialTokens],
      addedTokens: [...(vocabulary.addedTokens ?? [])],
      ...(vocabulary.text === undefined ? {} : { text: vocabulary.text }),
    },
    [
      writeVarints(tokens.map((token) => token?.length ?? 0)),
      whole,
      pairs,
      writeVarints(differences(merges.map(({ result }) => result)).map((d) => (d < 0 ? -2 * d - 1 : 2 * d))),
      lines === undefined ? new Uint8Array(0) : writeVarints(differences(lines)),
      bytes,
    ],
  );
}

/** Packs special and added tokens of their own over the tables of another packed vocabulary. */
export function packVariant(
  name: string,
  base: string,
  preTokenizer: Vocabulary["preTokenizer"],
  specialTokens: ReadonlyMap<string, number>,
  addedTokens: ReadonlyMap<string, number> = new Map(),
  text?: TextRules,
): Uint8Array {
  return writePacked(
    {
      name,
      base,
      preTokenizer,
      symbols: "bytes",
      byteTokens: [],
      tokens: 0,
      merges: 0,
      properOrder: true,
      specialTokens: [...specialTokens],
      addedTokens: [...addedTokens],
      ...(text === undefined ? {} : { text }),
    },
    [0, 1, 2, 3, 4, 5].map(() => new Uint8Array(0)),
  );
}

function differences(numbers: readonly number[]): number[] {
  return numbers.map((number, index) => number - (numbers[index - 1] ?? 0));
}

/** The token of each byte: needed wherever merging may start from bytes. */
function bytesToTokens(vocabulary: Vocabulary): number[] {
  if (vocabulary.symbols === "characters") {
    const fallback = vocabulary.byteFallback;
    if (fallback !== undefined && fallback.length !== 256) {
      throw new TokenizerError(`"${vocabulary.name}" has ${fallback.length} byte tokens instead of 256.`);
    }
    if (fallback === undefined && vocabulary.unknown === undefined) {
      throw new TokenizerError(
        `"${vocabulary.name}" has neither byte tokens nor an unknown token: some text has no tokens.`,
      );
    }
    return [...(fallback ?? new Array<number>(256).fill(vocabulary.unknown!))];
  }
  const found = new Array<number>(256).fill(-1);
  vocabulary.tokens.forEach((token, id) => {
    if (token?.length === 1) found[token[0]!] = id;
  });
  // Hugging Face and llama.cpp drop bytes that have no token; tiktoken's ranks have all.
  const missing = vocabulary.merges === "ranks" ? found.indexOf(-1) : -1;
  if (missing >= 0)
    throw new TokenizerError(`"${vocabulary.name}" has no token for the byte 0x${missing.toString(16)}.`);
  return found;
}
