import type { Range, TextDocument } from "vscode";
import { createTokenDocument, type TokenDocument, type Tokenizer } from "../tokenizers";
import { textFrom } from "./documentText";
import { estimateTokens } from "./estimate";
import { mostSlowUnits } from "./liveDocuments";
import { StatisticsCounter, type TextStatistics } from "./textStatistics";

const readUnits = 16_384;

/** The text of ranges, one after the other, in parts small enough for one turn. */
export function* textParts(document: TextDocument, ranges: readonly Range[]): Generator<string> {
  for (const range of ranges) {
    const end = document.offsetAt(range.end);
    for (let offset = document.offsetAt(range.start); offset < end; ) {
      const part = textFrom(document, offset, Math.min(readUnits, end - offset));
      if (part === "") break;
      offset += part.length;
      yield part;
    }
  }
}

/** Each range tokenized as a text of its own (as it would be copied and sent). For `inSlices`. */
export function* tokenDocuments(
  tokenizer: Tokenizer,
  document: TextDocument,
  ranges: readonly Range[],
): Generator<void, TokenDocument[]> {
  const all: TokenDocument[] = [];
  for (const range of ranges) {
    const tokens = createTokenDocument(tokenizer, "");
    for (const part of textParts(document, [range])) {
      tokens.edit({ offset: tokens.length, deleted: 0, inserted: part });
      // A slow tokenizer encodes all of the text with each filling: only once it is whole.
      while (tokenizer.fast && !tokens.fill(2)) yield;
      yield;
    }
    while (!tokens.fill(2)) yield;
    all.push(tokens);
  }
  return all;
}

/** Tokens of ranges, each counted by itself. For `inSlices`. */
export function* countRanges(
  tokenizer: Tokenizer,
  document: TextDocument,
  ranges: readonly Range[],
): Generator<void, number> {
  const all = yield* tokenDocuments(tokenizer, document, ranges);
  return all.reduce((sum, { tokenCount }) => sum + tokenCount, 0);
}

/** Like `countRanges`, but reckoned from samples where that would take a slow tokenizer too long. For `inSlices`. */
export function* countOrEstimate(
  tokenizer: Tokenizer,
  document: TextDocument,
  ranges: readonly Range[],
): Generator<void, number> {
  const spans = ranges.map(({ start, end }) => ({ start: document.offsetAt(start), end: document.offsetAt(end) }));
  const units = spans.reduce((sum, { start, end }) => sum + end - start, 0);
  if (tokenizer.fast || units <= mostSlowUnits) return yield* countRanges(tokenizer, document, ranges);
  let tokens = 0;
  for (const { start, end } of spans) {
    tokens += estimateTokens(end - start, (from, most) =>
      tokenizer.count(textFrom(document, start + from, most)),
    ).tokens;
    yield;
  }
  return tokens;
}

/** Characters, words and bytes of ranges. For `inSlices`. */
export function* statisticsOf(document: TextDocument, ranges: readonly Range[]): Generator<void, TextStatistics> {
  const counter = new StatisticsCounter();
  for (const part of textParts(document, ranges)) {
    counter.add(part);
    yield;
  }
  return counter.result();
}
