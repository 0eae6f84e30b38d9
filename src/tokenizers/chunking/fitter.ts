import type { Encoding, Tokenizer } from "../tokenizer";

/** A stretch of a text and the number of tokens of its text encoded by itself. */
export interface Fit {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
}

/** Finds a border in `(from, to]` for the end of a stretch, or in `[from, to)` for its start. */
export type BorderFinder = (text: string, from: number, to: number) => number | undefined;

/**
 * Finds stretches of a text that fit a budget of tokens. It encodes about as much text as the budget takes, cuts at a
 * border before the first token too many, and counts the stretch by itself, since a text's beginning need not have the
 * tokens that it has inside the whole; while that is too much it goes on to an earlier border.
 */
export class Fitter {
  private unitsPerToken = 4;

  constructor(
    private readonly tokenizer: Tokenizer,
    private readonly text: string,
  ) {}

  /** The longest stretch found from `start` on that ends after `after` and has at most `maxTokens` tokens. */
  from(start: number, after: number, maxTokens: number, border: BorderFinder): Fit | undefined {
    const { text, tokenizer } = this;
    const { ids, offsets } = this.sample(maxTokens, text.length - start, (units) => text.slice(start, start + units));
    if (ids.length <= maxTokens) return { start, end: text.length, tokens: ids.length };
    let token = maxTokens;
    for (;;) {
      const end = border(text, after, start + offsets[token]!);
      if (end === undefined) return undefined;
      const tokens = tokenizer.count(text.slice(start, end));
      if (tokens <= maxTokens) return { start, end, tokens };
      const next = Math.min(lastAtOrBefore(offsets, end - start - 1), token - (tokens - maxTokens));
      if (next < 1) return undefined;
      token = next;
    }
  }

  /** The longest stretch found up to `end` that starts at a border from `from` on and has at most `maxTokens` tokens. */
  upTo(end: number, from: number, maxTokens: number, border: BorderFinder): Fit | undefined {
    const { text, tokenizer } = this;
    let start = from;
    const { ids, offsets } = this.sample(maxTokens, end - from, (units) => {
      start = end - units;
      return text.slice(start, end);
    });
    let token = Math.max(0, ids.length - maxTokens);
    for (;;) {
      const begin = border(text, start + offsets[token]!, end);
      if (begin === undefined || begin >= end) return undefined;
      const tokens = tokenizer.count(text.slice(begin, end));
      if (tokens <= maxTokens) return { start: begin, end, tokens };
      token = Math.max(lastAtOrBefore(offsets, begin - start) + 1, token + (tokens - maxTokens));
      if (token >= ids.length) return undefined;
    }
  }

  /** Encodes more and more text until there are more than `maxTokens` tokens, or all `available` units are in it. */
  private sample(maxTokens: number, available: number, take: (units: number) => string): Encoding {
    for (let wish = Math.ceil(maxTokens * this.unitsPerToken * 1.25) + 32; ; wish *= 2) {
      const units = Math.min(wish, available);
      const encoding = this.tokenizer.encode(take(units));
      if (encoding.ids.length > maxTokens || units === available) {
        this.unitsPerToken = units / Math.max(1, encoding.ids.length);
        return encoding;
      }
    }
  }
}

/** Index of the last offset that is at most `value`; -1 when all are above. */
function lastAtOrBefore(offsets: Uint32Array, value: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
