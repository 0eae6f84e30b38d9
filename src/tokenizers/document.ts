import type { Tokenizer } from "./tokenizer";

/** One replacement, as an editor reports it: `deleted` UTF-16 units at `offset` replaced by `inserted`. */
export interface TextEdit {
  readonly offset: number;
  readonly deleted: number;
  readonly inserted: string;
}

/** One token as a document has it. `end > start` except for tokens that share a code point with their neighbour. */
export interface DocumentToken {
  /** Place in the document, from 0. */
  readonly index: number;
  readonly id: number;
  /** UTF-16 offsets in the document. A token inside a code point covers that whole code point. */
  readonly start: number;
  readonly end: number;
}

/**
 * Text plus edits in, exact token boundaries out (contract 1 of the design).
 *
 * `ids()` equals `tokenizer.encode(text).ids` after any sequence of edits. Work is proportional to the edit, not to the
 * document. A document is filled in slices so that nothing blocks for long: until `complete`, tokens exist for
 * `[0, filledTo)` only, and edits anywhere are still accepted.
 *
 * An edit that would take long (a large paste, one inside a piece of many thousand units, any edit where the tokenizer
 * is not `fast`) leaves the document incomplete: after edits, call `fill` as after creating it.
 */
export interface TokenDocument {
  readonly tokenizer: Tokenizer;
  /** Length of the text, UTF-16 units. */
  readonly length: number;
  /** Tokens up to `filledTo`; the exact total once `complete`. */
  readonly tokenCount: number;
  readonly complete: boolean;
  /** Tokens are exact for `[0, filledTo)`. */
  readonly filledTo: number;
  /** Works for about `budgetMs` milliseconds; returns `complete`. Call again, yielding between, until true. */
  fill(budgetMs: number): boolean;
  /** Applies one edit. Throws RangeError when it lies outside the text. */
  edit(edit: TextEdit): void;
  /**
   * Applies the edits of one change event. All offsets refer to the text before the event, in any order (VS Code gives
   * them from the end). Throws RangeError, and changes nothing, when one lies outside the text or two overlap.
   */
  applyEdits(edits: readonly TextEdit[]): void;
  /** Tokens that overlap `[start, end)`, in order (limited to what is filled). */
  tokensIn(start: number, end: number): DocumentToken[];
  /** Number of tokens that START in `[start, end)`: sums over disjoint ranges are exact. */
  countIn(start: number, end: number): number;
  /** The token that covers the unit at `offset` (the first of them when several share a code point). */
  tokenAt(offset: number): DocumentToken | undefined;
  /** The token with that index. */
  token(index: number): DocumentToken | undefined;
  /** All ids; length `tokenCount`. */
  ids(): Uint32Array;
  /** The text's units `[start, end)` as a string. */
  slice(start: number, end: number): string;
  /** Bytes of memory held for the document, without the tokenizer. */
  readonly memoryBytes: number;
}
