import { Fitter } from "./chunking/fitter";
import {
  bestBorderAfter,
  bestBorderBefore,
  closeBorderAfter,
  closeBorderBefore,
  firstBorderAfter,
} from "./chunking/textBorders";
import type { Tokenizer } from "./tokenizer";

export interface ChunkOptions {
  /** Most tokens that a chunk may have, encoded by itself. */
  readonly maxTokens: number;
  /** Up to so many tokens of a chunk's end are repeated at the start of the next. Default 0; below `maxTokens`. */
  readonly overlapTokens?: number;
}

/** UTF-16 offsets in the text, and the number of tokens of that stretch encoded by itself. */
export interface TextChunk {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
}

export interface TruncateOptions {
  /** Where text is left out. Default "end": the beginning stays. */
  readonly from?: "end" | "start" | "middle";
}

export interface Truncation {
  readonly text: string;
  /** Tokens of `text`, encoded by itself. */
  readonly tokens: number;
  /** The stretch left out, UTF-16 offsets; empty when all fits. */
  readonly removed: { readonly start: number; readonly end: number };
}

/** A single character or line end has more tokens than the budget allows. */
export class BudgetError extends Error {
  override readonly name = "BudgetError";
}

/**
 * Cuts a text into chunks of at most `maxTokens` tokens, each counted by itself: at the last paragraph, line or sentence
 * end in the second half of what fits, else at the last word, grapheme or code point; never inside a code point or a
 * CRLF. Without overlap the chunks joined are the text. Linear in the text (with overlap, in all that the chunks hold).
 *
 * Throws RangeError for a budget that is no positive integer or an overlap not below it, and BudgetError when a
 * character alone does not fit.
 */
export function chunk(tokenizer: Tokenizer, text: string, options: ChunkOptions): TextChunk[] {
  return [...chunks(tokenizer, text, options)];
}

/** `chunk` one by one, each a work of about `maxTokens` tokens: between two a caller can yield, show progress or stop. */
export function* chunks(tokenizer: Tokenizer, text: string, options: ChunkOptions): Generator<TextChunk, void, void> {
  const { maxTokens, overlapTokens = 0 } = options;
  if (!Number.isInteger(maxTokens) || maxTokens < 1) {
    throw new RangeError(`A chunk needs a budget of at least 1 token, not ${maxTokens}`);
  }
  if (!Number.isInteger(overlapTokens) || overlapTokens < 0 || overlapTokens >= maxTokens) {
    throw new RangeError(`The overlap must be 0 to ${maxTokens - 1} tokens, not ${overlapTokens}`);
  }
  const fitter = new Fitter(tokenizer, text);
  let start = 0;
  let done = 0;
  while (done < text.length) {
    const next =
      fitter.from(start, done, maxTokens, bestBorderBefore) ??
      // An overlap may leave no room for anything new.
      (start < done ? fitter.from(done, done, maxTokens, bestBorderBefore) : undefined) ??
      firstCharacter(tokenizer, text, done, maxTokens);
    yield next;
    done = next.end;
    start = overlapTokens > 0 ? overlapStart(fitter, text, next, overlapTokens) : done;
  }
}

/**
 * At most `maxTokens` tokens of a text, counted by themselves: cut at graphemes (or code points where one does not fit),
 * so that about `maxTokens` stay. Encodes only about as much text as stays. Throws RangeError for a negative budget.
 */
export function truncate(
  tokenizer: Tokenizer,
  text: string,
  maxTokens: number,
  { from = "end" }: TruncateOptions = {},
): Truncation {
  if (!Number.isInteger(maxTokens) || maxTokens < 0) {
    throw new RangeError(`The budget must be a whole number of tokens, not ${maxTokens}`);
  }
  const fitter = new Fitter(tokenizer, text);
  if (from === "start") {
    const start = fitter.upTo(text.length, 0, maxTokens, closeBorderAfter)?.start ?? text.length;
    return withoutRange(tokenizer, text, 0, start);
  }
  const end = fitter.from(0, 0, maxTokens, closeBorderBefore)?.end ?? 0;
  if (from === "end" || end === text.length) return withoutRange(tokenizer, text, end, text.length);
  return truncateMiddle(tokenizer, text, maxTokens, fitter);
}

/** Half of the budget for the beginning; the end gets what is left and gives back what the seam costs. */
function truncateMiddle(tokenizer: Tokenizer, text: string, maxTokens: number, fitter: Fitter): Truncation {
  const head = fitter.from(0, 0, Math.ceil(maxTokens / 2), closeBorderBefore);
  const end = head?.end ?? 0;
  for (let budget = maxTokens - (head?.tokens ?? 0); budget > 0; ) {
    const start = fitter.upTo(text.length, end, budget, closeBorderAfter)?.start ?? text.length;
    const cut = withoutRange(tokenizer, text, end, start);
    if (cut.tokens <= maxTokens) return cut;
    budget -= cut.tokens - maxTokens;
  }
  return withoutRange(tokenizer, text, end, text.length);
}

function withoutRange(tokenizer: Tokenizer, text: string, start: number, end: number): Truncation {
  const rest = text.slice(0, start) + text.slice(end);
  return { text: rest, tokens: tokenizer.count(rest), removed: { start, end } };
}

/** Where the next chunk begins so as to repeat at most `overlapTokens` tokens of `last`, and less than all of it. */
function overlapStart(fitter: Fitter, text: string, last: TextChunk, overlapTokens: number): number {
  const second = firstBorderAfter(text, last.start);
  return fitter.upTo(last.end, second, overlapTokens, bestBorderAfter)?.start ?? last.end;
}

function firstCharacter(tokenizer: Tokenizer, text: string, start: number, maxTokens: number): TextChunk {
  const end = firstBorderAfter(text, start);
  const character = text.slice(start, end);
  const tokens = tokenizer.count(character);
  if (tokens <= maxTokens) return { start, end, tokens };
  throw new BudgetError(
    `${JSON.stringify(character)} at ${start} alone has ${tokens} tokens: a budget of ${maxTokens} is too small for it`,
  );
}
