import { stepBounds, stepOf } from "../../inference/surprisal";
import type { FileToken } from "./fileTokens";

/** What a scored text comes to. The template's tokens are left out. */
export interface Summary {
  /** Tokens with a probability. */
  readonly tokens: number;
  readonly stale: number;
  /** By step, from 0 (under 1 bit) to 6. */
  readonly histogram: readonly number[];
  readonly bits: number;
  /** exp of the mean -ln p; undefined without tokens. */
  readonly perplexity: number | undefined;
  readonly bitsPerCharacter: number | undefined;
  /** Smallest number of tokens that a token was given, where the text is longer than the context: undefined otherwise. */
  readonly leastGiven: number | undefined;
}

/** Summed over all tokens of the file's own text. `characters`: code points of that text. */
export function summarise(tokens: readonly FileToken[], characters: number): Summary {
  const histogram = Array.from({ length: stepBounds.length + 1 }, () => 0);
  let bits = 0;
  let count = 0;
  let stale = 0;
  let leastGiven: number | undefined;
  for (const [index, token] of tokens.entries()) {
    if (token.added !== undefined) continue;
    if (token.stale) stale++;
    if (token.bits === undefined) continue;
    const step = stepOf(token.bits);
    histogram[step] = (histogram[step] ?? 0) + 1;
    bits += token.bits;
    count += token.parts.length;
    const part = token.parts[0];
    const before = tokens[index - 1]?.parts.at(-1);
    // Where a window begins, a token is given less than the one before it.
    if (part && before && part.given < before.given)
      leastGiven = leastGiven === undefined ? part.given : Math.min(leastGiven, part.given);
  }
  return {
    tokens: count,
    stale,
    histogram,
    bits,
    perplexity: count > 0 ? 2 ** (bits / count) : undefined,
    bitsPerCharacter: count > 0 && characters > 0 ? bits / characters : undefined,
    leastGiven,
  };
}

/** The most surprising tokens of the file's own text, most first. */
export function mostSurprising(tokens: readonly FileToken[], most: number): FileToken[] {
  return tokens
    .filter(({ bits, added }) => added === undefined && bits !== undefined && bits >= stepBounds[0])
    .sort((a, b) => (b.bits ?? 0) - (a.bits ?? 0))
    .slice(0, most);
}
