import type { DocumentToken, TokenDocument } from "../../tokenizers";

/** UTF-16 offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** How far around a token its word is looked for, UTF-16 units. */
const reach = 200;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/**
 * The word (Unicode's rules, dictionaries included for scripts without spaces) at the first letter of `token`, as
 * stretched to whole tokens; the token alone where it is no part of a word.
 */
export function wordAround(tokens: TokenDocument, token: DocumentToken): Stretch {
  const from = Math.max(0, token.start - reach);
  const text = tokens.slice(from, Math.min(tokens.length, token.end + reach));
  const own = text.slice(token.start - from, token.end - from);
  const letter = own.search(/[\p{L}\p{M}\p{N}]/u);
  if (letter < 0) return { start: token.start, end: token.end };
  const word = segmenter.segment(text).containing(token.start - from + letter);
  if (!word) return { start: token.start, end: token.end };
  const start = from + word.index;
  return { start, end: start + word.segment.length };
}

/** The tokens that make up a word, and the stretch that they cover together. */
export function piecesOf(tokens: TokenDocument, word: Stretch): { pieces: DocumentToken[]; covered: Stretch } {
  const pieces = tokens.tokensIn(word.start, word.end);
  const start = Math.min(word.start, ...pieces.map((piece) => piece.start));
  const end = Math.max(word.end, ...pieces.map((piece) => piece.end));
  return { pieces, covered: { start, end } };
}
