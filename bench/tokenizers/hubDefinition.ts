import { deriveMerges } from "../../src/tokenizers/derivation";
import type { Vocabulary } from "../../src/tokenizers/vocabulary";

/** tiktoken's pattern as JavaScript can run it, with the `u` flag of @huggingface/tokenizers. */
const PATTERNS = {
  o200k_base: [
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+('[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?",
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*('[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?",
    "\\p{N}{1,3}",
    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*",
    "\\s*[\\r\\n]+",
    "\\s+(?!\\S)",
    "\\s+",
  ].join("|"),
  cl100k_base:
    "'(?:[sS]|[tT]|[rR][eE]|[vV][eE]|[mM]|[lL][lL]|[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
};

/** A tokenizer.json of the vocabulary, for the library that reads nothing else. */
export function hubDefinition(name: keyof typeof PATTERNS, tokens: readonly Uint8Array[]): object {
  const letters = byteLetters();
  const spell = (bytes: Uint8Array) => Array.from(bytes, (byte) => letters[byte]!).join("");
  const vocabulary: Vocabulary = {
    name,
    tokens,
    merges: "ranks",
    preTokenizer: "o200k",
    ignoreMerges: true,
    symbols: "bytes",
    specialTokens: new Map(),
  };
  const { merges } = deriveMerges(vocabulary, []);
  return {
    version: "1.0",
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: PATTERNS[name] }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: true,
      vocab: Object.fromEntries(tokens.map((token, id) => [spell(token), id])),
      merges: merges.map(({ left, right }) => [spell(tokens[left]!), spell(tokens[right]!)]),
    },
  };
}

/** GPT-2's printable stand-in for each byte. */
function byteLetters(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCharCode(printable ? byte : next++);
  });
}
