import { type Page, type PageLane, pageUnits } from "../../../webview/inspector/protocol";
import type { DocumentToken } from "../../tokenizers/document";
import type { ReadableTokens } from "./readable";

/** Marks (bits of `tokenMark`) of the token with that index. */
export type MarksOf = (lane: ReadableTokens, token: DocumentToken) => number;

/**
 * Page `index` of a text seen by one or more tokenizers. Pages begin at the first border that all lanes share at or
 * after `index * pageUnits`, so that together they hold each token once, whatever the tokenizers.
 */
export function pageOf(lanes: readonly ReadableTokens[], index: number, version: number, marksOf: MarksOf): Page {
  const start = cut(lanes, index * pageUnits);
  const end = cut(lanes, (index + 1) * pageUnits);
  if (lanes.length === 0 || start === undefined || end === undefined) {
    const empty = { index, version, ready: false, lanes: [] };
    return { ...empty, start: index * pageUnits, end: (index + 1) * pageUnits };
  }
  return { index, version, ready: true, start, end, lanes: lanes.map((lane) => pageLane(lane, start, end, marksOf)) };
}

/** Undefined where the lanes are not filled far enough to know. */
function cut(lanes: readonly ReadableTokens[], at: number): number | undefined {
  const length = lanes[0]?.length ?? 0;
  if (at <= 0) return 0;
  if (at >= length) return lanes.every((lane) => lane.complete) ? length : undefined;
  for (let reach = 64; ; reach *= 8) {
    const end = Math.min(at + reach, length);
    if (lanes.some((lane) => !lane.complete && lane.filledTo < end)) return undefined;
    const shared = sharedBorders(lanes, at, end)[0];
    if (shared !== undefined) return shared;
    if (end === length) return length;
    // One token longer than a page: cut it by length, else pages would grow without bound.
    if (reach >= pageUnits) return at;
  }
}

/** Offsets in `[start, end)` where a token starts in every lane, ascending. */
export function sharedBorders(lanes: readonly ReadableTokens[], start: number, end: number): number[] {
  const [first, ...others] = lanes.map((lane) => startsIn(lane, start, end));
  const rest = others.map((starts) => new Set(starts));
  return [...new Set(first)].filter((offset) => rest.every((starts) => starts.has(offset)));
}

/** Starts of the tokens that start in `[start, end)`. */
export function startsIn(lane: ReadableTokens, start: number, end: number): number[] {
  return tokensFrom(lane, start, end).map((token) => token.start);
}

function tokensFrom(lane: ReadableTokens, start: number, end: number): DocumentToken[] {
  return start < end ? lane.tokensIn(start, end).filter((token) => token.start >= start && token.start < end) : [];
}

function pageLane(lane: ReadableTokens, start: number, end: number, marksOf: MarksOf): PageLane {
  const tokens = tokensFrom(lane, start, end);
  const pieces = tokens.map((token) => lane.tokenizer.tokenBytes(token.id) ?? new Uint8Array());
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  const byteEnds = new Uint32Array(tokens.length);
  let filled = 0;
  for (const [i, piece] of pieces.entries()) {
    bytes.set(piece, filled);
    filled += piece.length;
    byteEnds[i] = filled;
  }
  return {
    first: tokens[0]?.index ?? 0,
    ids: Uint32Array.from(tokens, (token) => token.id),
    starts: Uint32Array.from(tokens, (token) => token.start),
    bytes,
    byteEnds,
    marks: Uint8Array.from(tokens, (token) => marksOf(lane, token)),
  };
}
