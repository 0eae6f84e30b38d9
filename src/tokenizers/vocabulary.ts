import type { TextRules } from "./huggingFace/textRules";

/**
 * Ways to cut a text into pieces (pre-tokens) before merging. The place in this list is the number that the compiled
 * core knows the scanner by (core/scanners/dispatch.ts) and that packed files hold: append, never reorder.
 */
export const preTokenizerKinds = [
  "whole",
  "o200k",
  "cl100k",
  "gpt2",
  "llama3",
  "qwen2",
  "deepseekV3",
  "smollm",
  "wordsAfterSpaces",
  "wordsAfterLetters",
  "tekken",
  "qwen35",
] as const;

export type PreTokenizerKind = (typeof preTokenizerKinds)[number];

/** One merge: the tokens `left` and `right`, side by side, become `result`. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly result: number;
}

/**
 * What a byte-pair tokenizer is made of, as plain data, whatever file it came from. `packVocabulary` turns it into the
 * bytes that the engine loads.
 */
export interface Vocabulary {
  readonly name: string;
  /**
   * The bytes of each token by id, special tokens left out; undefined where an id has no ordinary token. For byte
   * fallback, `<0xNN>` is the byte NN.
   */
  readonly tokens: readonly (Uint8Array | undefined)[];
  /**
   * "ranks": any two neighbours that spell a token merge, lowest id first (tiktoken). Otherwise the list of merges,
   * first merged first (Hugging Face, GGUF).
   */
  readonly merges: "ranks" | readonly Merge[];
  readonly preTokenizer: PreTokenizerKind;
  /**
   * True: a piece that is a token is that token, whatever the merges say (tiktoken; `ignore_merges` of Hugging Face).
   * False: it is one only where the merges produce it.
   */
  readonly ignoreMerges: boolean;
  /**
   * What merging starts from. "bytes": one token for each byte (byte-level BPE; all 256 must exist). "characters": one
   * token for each code point, and where there is none, the tokens of `byteFallback`.
   */
  readonly symbols: "bytes" | "characters";
  /**
   * For "characters": ids of the 256 byte tokens, for code points that no token spells; -1 for a byte that is never
   * needed, since a character's token spells it.
   */
  readonly byteFallback?: readonly number[];
  /** For "characters" without byte fallback: the id that stands for a code point that no token spells. */
  readonly unknown?: number;
  /** Text of each special token to its id: read as such in mode "parse" only. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** Text of added tokens that are no special ones to their ids: always read as such. */
  readonly addedTokens?: ReadonlyMap<string, number>;
  /** What happens to text before all this; nothing where absent. */
  readonly text?: TextRules;
}
