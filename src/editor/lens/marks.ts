import type { TokenDocument } from "../../tokenizers";
import { type Band, type LineRange, maxLineUnits, type TextLines } from "./bands";

/** A mark drawn over whitespace, one character for each: "····". */
export interface WhitespaceMark {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Number of tokens that start in a line. */
export interface LineCount {
  readonly line: number;
  readonly column: number;
  readonly tokens: number;
}

/** Text that spells a special token (in a file it is counted as plain text). */
export interface SpecialText {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Marks for the bands that hold nothing but spaces and tabs. Tabs have a mark of their own: their width varies. */
export function whitespaceMarks(bands: readonly Band[], text: TextLines): WhitespaceMark[] {
  const marks: WhitespaceMark[] = [];
  for (const band of bands) {
    const content = text.line(band.line).slice(band.start, band.end);
    if (!/^[\t ]+$/.test(content)) continue;
    for (const run of content.matchAll(/ +|\t/g))
      marks.push({
        line: band.line,
        column: band.start + run.index,
        text: run[0] === "\t" ? "→" : "·".repeat(run[0].length),
      });
  }
  return marks;
}

/** Counts of the lines in `range` whose tokens are all known; lines in which no token starts have none. */
export function lineCounts(tokens: TokenDocument, text: TextLines, range: LineRange): LineCount[] {
  const counts: LineCount[] = [];
  for (let line = range.from; line <= range.to && line < text.lineCount; line++) {
    const start = text.startOf(line);
    const column = text.line(line).length;
    const end = line + 1 < text.lineCount ? text.startOf(line + 1) : start + column;
    if (end > tokens.filledTo) break;
    const count = tokens.countIn(start, end);
    if (count > 0) counts.push({ line, column, tokens: count });
  }
  return counts;
}

/** Places in `range` that spell one of the tokenizer's special tokens. Most are written in angle or square brackets. */
export function specialTexts(special: ReadonlyMap<string, number>, text: TextLines, range: LineRange): SpecialText[] {
  const found: SpecialText[] = [];
  if (special.size === 0) return found;
  for (let line = range.from; line <= range.to && line < text.lineCount; line++) {
    for (const match of text
      .line(line)
      .slice(0, maxLineUnits)
      .matchAll(/<[^<>\s]{1,60}>|\[[A-Z_]{2,40}\]/g))
      if (special.has(match[0])) found.push({ line, start: match.index, end: match.index + match[0].length });
  }
  return found;
}
