import type { DocumentToken, TokenDocument } from "../../tokenizers";

/** Number of band colours. */
export const bandColors = 6;

/** The part of one line that a token (or several that share a code point) covers. */
export interface Band {
  readonly line: number;
  /** UTF-16 columns; `end > start`. */
  readonly start: number;
  readonly end: number;
  /** 0 to `bandColors - 1`; neighbours differ. */
  readonly color: number;
  /** The token began in an earlier line. */
  readonly continued: boolean;
}

/** The colour of the token that holds a line's end, for the ⏎ mark. */
export interface LineEnd {
  readonly line: number;
  readonly column: number;
  readonly color: number;
}

/** Text as an editor has it: lines without their ends. */
export interface TextLines {
  readonly lineCount: number;
  line(index: number): string;
  /** Offset of the line's first unit. */
  startOf(index: number): number;
}

/** Lines `[from, to]`, the first from a column on and the last up to one: what an editor shows. */
export interface LineRange {
  readonly from: number;
  readonly fromColumn: number;
  readonly to: number;
  readonly toColumn: number;
}

/** Lines up to this long are walked from their start; in longer ones colours hang on fixed token ordinals. */
const anchorUnits = 4096;
/** A multiple of `bandColors`. */
const anchorTokens = 96;
/** No more of a line than this is drawn (VS Code stops there too). */
export const maxLineUnits = 10_000;
/** How many lines back a token that covers the first line's start is followed. */
const maxLinesBack = 64;

/**
 * The bands of the tokens in `range`, and the colours of its line ends.
 *
 * Colours count from each line's first token, so that an edit recolours its own line and no other; identical lines look
 * identical. Tokens that share a code point are one band over that code point. Limited to what `tokens` has filled.
 */
export function bandsIn(
  tokens: TokenDocument,
  text: TextLines,
  range: LineRange,
): { bands: Band[]; lineEnds: LineEnd[] } {
  const bands: Band[] = [];
  const lineEnds: LineEnd[] = [];
  let line = firstLine(tokens, text, range.from);
  let crossing: Crossing | undefined;
  for (; line <= range.to && line < text.lineCount; line++) {
    const content = text.line(line);
    const start = text.startOf(line);
    const end = start + content.length;
    const next = line + 1 < text.lineCount ? text.startOf(line + 1) : end;
    const from = line === range.from ? start + Math.min(range.fromColumn, content.length) : start;
    const clipped = line === range.to && range.toColumn < content.length ? start + range.toColumn : next;
    const to = Math.min(clipped, from + maxLineUnits);
    const shown = line >= range.from;
    const emit = (groupStart: number, groupEnd: number, color: number): void => {
      const first = Math.max(groupStart, start);
      const last = Math.min(groupEnd, end);
      if (!shown) return;
      if (last > first)
        bands.push({ line, start: first - start, end: last - start, color, continued: groupStart < start });
      if (groupStart <= end && groupEnd > end && lineEnds.at(-1)?.line !== line)
        lineEnds.push({ line, column: content.length, color });
    };

    if (crossing && crossing.end <= start) crossing = undefined;
    let color = 0;
    if (crossing) {
      emit(crossing.start, crossing.end, crossing.color);
      color = (crossing.color + 1) % bandColors;
    }
    let last = crossing;
    for (const group of groups(tokensFrom(tokens, start, from, to))) {
      if (group.start < start) continue;
      emit(group.start, group.end, color);
      last = { ...group, color };
      color = (color + 1) % bandColors;
    }
    crossing = last && last.end > next ? last : undefined;
  }
  return { bands, lineEnds };
}

interface Crossing {
  readonly start: number;
  readonly end: number;
  readonly color: number;
}

/** The nearest line at or before `line` that starts with a token of its own. */
function firstLine(tokens: TokenDocument, text: TextLines, line: number): number {
  for (let back = 0; back < maxLinesBack && line > 0; back++, line--) {
    const start = text.startOf(line);
    const token = tokens.tokenAt(start);
    if (!token || token.start >= start) break;
  }
  return line;
}

/** The tokens of a line up to `to`: from its start, or, far into a long line, from the last anchor before `from`. */
function tokensFrom(tokens: TokenDocument, lineStart: number, from: number, to: number): DocumentToken[] {
  if (from - lineStart <= anchorUnits) return tokens.tokensIn(lineStart, to);
  const first = tokens.countIn(0, lineStart);
  const here = tokens.tokenAt(from);
  if (!here) return [];
  const anchor = tokens.token(first + Math.floor((here.index - first) / anchorTokens) * anchorTokens);
  return anchor ? tokens.tokensIn(anchor.start, to) : [];
}

/** Joins tokens that share a code point. */
function* groups(tokens: readonly DocumentToken[]): Generator<{ start: number; end: number }> {
  let start = -1;
  let end = -1;
  for (const token of tokens) {
    if (token.start < end) {
      end = Math.max(end, token.end);
      continue;
    }
    if (end > start) yield { start, end };
    ({ start, end } = token);
  }
  if (end > start) yield { start, end };
}
