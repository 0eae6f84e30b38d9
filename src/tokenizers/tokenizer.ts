/**
 * The tokenizer contract. Everything in this folder is pure: no vscode, no Node, no DOM.
 *
 * Text is UTF-16 as JavaScript has it; unpaired surrogates encode as U+FFFD, as TextEncoder does.
 */

/** How text that spells a special token ("<|endoftext|>") is read. */
export type SpecialMode =
  /** As ordinary text: what a file or a user's message is. */
  | "text"
  /** As the special token: what a rendered chat template is. */
  | "parse";

export interface EncodeOptions {
  /** Default "text". */
  readonly special?: SpecialMode;
}

/** `ids.length === n`, `offsets.length === n + 1`; both owned by the caller. */
export interface Encoding {
  /** Token ids. */
  readonly ids: Uint32Array;
  /**
   * UTF-16 offset where each token starts, then the text's length. A token that starts inside a code point has the
   * offset of that code point, so offsets never split a code point and do not decrease; two neighbours may be equal.
   */
  readonly offsets: Uint32Array;
}

export interface Tokenizer {
  /** The name it was loaded by: "o200k_base", "qwen2.5", or the name the user gave. */
  readonly name: string;
  /** Ids run from 0 to `vocabularySize - 1`, special tokens included; some may be unused. */
  readonly vocabularySize: number;
  /** Text of each special (control) token to its id. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** False for families that go through a general library (Unigram, WordPiece): slower, and documents are re-encoded whole. */
  readonly fast: boolean;

  /** All tokens of `text`. Special tokens are never added by itself (no BOS). */
  encode(text: string, options?: EncodeOptions): Encoding;
  /** `encode(text).ids.length`, without building the arrays. */
  count(text: string, options?: EncodeOptions): number;
  /** The bytes that the ids stand for, one after the other. Throws RangeError for an id outside the vocabulary. */
  decodeBytes(ids: ArrayLike<number>): Uint8Array;
  /** `decodeBytes` as text; bytes that are no UTF-8 become U+FFFD. */
  decode(ids: ArrayLike<number>): string;
  /** The bytes of one token; undefined for an id that no token has. */
  tokenBytes(id: number): Uint8Array | undefined;
  /**
   * Place in the order of merging: 0 is merged first. For tiktoken the rank itself; for merge lists the merge's line;
   * undefined for single bytes, special tokens and families without ranks.
   */
  rank(id: number): number | undefined;
  /** The incremental side, for TokenDocument; undefined where `fast` is false. */
  readonly windows: WindowEncoder | undefined;
}

/** Encodes a window cut out of a longer text, piece by piece: what TokenDocument builds on. Special mode is "text". */
export interface WindowEncoder {
  /**
   * How far before an edit re-encoding must restart to be exact: at a piece border with at least `restartPieces` whole
   * pieces between it and the place that is `restartUnits` UTF-16 units before the edit.
   */
  readonly restartPieces: number;
  readonly restartUnits: number;
  /**
   * Encodes `units[0, length)`, which begins at a piece border.
   *
   * With `atTextEnd` false more text follows, and only those pieces are given whose end and ids no following text could
   * change (possibly none). With it true, all. `atTextStart` says that the window begins the text (default false).
   *
   * The result's arrays are views that the next call overwrites. Unpaired surrogates in `units` are left as they are.
   */
  encodeWindow(units: Uint16Array, length: number, atTextEnd: boolean, atTextStart?: boolean): WindowPieces;
}

/** Pre-token pieces of a window and their tokens. */
export interface WindowPieces {
  /** Number of pieces. */
  readonly pieces: number;
  /** Number of tokens in them. */
  readonly tokens: number;
  /** For each piece: its end in the window, UTF-16 units. */
  readonly pieceEnds: Uint32Array;
  /** For each piece: number of tokens up to its end. */
  readonly tokenEnds: Uint32Array;
  /** For each token: its id. */
  readonly ids: Uint32Array;
  /** For each token: its start in the window, by the rule of Encoding.offsets. */
  readonly starts: Uint32Array;
}

/** Vocabulary or definition bytes that cannot be used; the message says what is wrong and where. */
export class TokenizerError extends Error {
  override readonly name = "TokenizerError";
}
