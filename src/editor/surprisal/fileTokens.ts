import type { PromptToken, TokenScore } from "../../inference/engine";
import { bitsOf } from "../../inference/surprisal";
import type { TokenPlace } from "./placement";
import type { ScoredPrompt } from "./scoredPrompt";

/** A scored token, or several that share a character, as it stands in the file. */
export interface FileToken {
  /** One for nearly all; tokens that share a character are shown together. */
  readonly parts: readonly TokenPart[];
  /** UTF-16 offsets in the file; moved along by edits. */
  start: number;
  end: number;
  /** The template's own, or the tokenizer's: next to what it stands. */
  readonly added: "before" | "after" | undefined;
  /** Surprisal of the parts together; undefined where nothing came before. */
  readonly bits: number | undefined;
  /** The text changed here, or before it, since it was scored. */
  stale: boolean;
}

export interface TokenPart {
  readonly token: PromptToken;
  readonly score: TokenScore;
  /** Tokens the model was given before it. */
  readonly given: number;
}

/** The scored tokens of a prompt in their places (`placeTokens`). Tokens not scored yet are left out. */
export function fileTokens({ prompt, scores, given }: ScoredPrompt, places: readonly TokenPlace[]): FileToken[] {
  const found: FileToken[] = [];
  for (let index = 0; index < places.length; ) {
    const place = places[index]!;
    const parts: TokenPart[] = [];
    for (let at = index; at < index + place.sharing; at++) {
      const score = scores[at];
      if (score) parts.push({ token: prompt.tokens[at]!, score, given: given[at] ?? at });
    }
    if (parts.length === place.sharing) {
      const bits = parts.map(({ score }) => (score.logProb === undefined ? undefined : bitsOf(score.logProb)));
      const known = bits.filter((each) => each !== undefined);
      const sum = known.length > 0 ? known.reduce((all, each) => all + each, 0) : undefined;
      found.push({ parts, start: place.start, end: place.end, added: place.added, bits: sum, stale: false });
    }
    index += Math.max(1, place.sharing);
  }
  // A system text may stand behind the messages that it goes before.
  return found.sort((a, b) => a.start - b.start);
}

/** One change of a text, as VS Code reports it. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Moves tokens along with an edit: the ones it touches go, the ones after it are stale, for the model read them after
 * other text. Returns the tokens that are left.
 */
export function followEdit(tokens: FileToken[], { rangeOffset, rangeLength, text }: TextChange): FileToken[] {
  const end = rangeOffset + rangeLength;
  const shift = text.length - rangeLength;
  return tokens.filter((token) => {
    if (token.end <= rangeOffset && !(token.start === token.end && token.start === end && token.added === "after"))
      return true;
    if (token.start < end || (token.start < rangeOffset && token.end > rangeOffset)) return false;
    token.start += shift;
    token.end += shift;
    token.stale = true;
    return true;
  });
}

/** `fresh` tokens, and of the `old` ones those that lie behind them, till they are scored again. */
export function withOld(fresh: readonly FileToken[], old: readonly FileToken[]): FileToken[] {
  const reached = Math.max(-1, ...[...fresh.slice(-1)].map(({ end }) => end));
  return [...fresh, ...old.filter((token) => token.start >= reached && token.added === undefined)];
}

/** The first token that is on or after an offset, by binary search; tokens are in the order of the file. */
export function firstFrom(tokens: readonly FileToken[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end > offset || tokens[middle]!.start >= offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
