import { stepOf } from "../../inference/surprisal";
import { visibleText } from "../hover/display";
import type { LineRange, TextLines } from "../lens/bands";
import { maxLineUnits } from "../lens/bands";
import { type FileToken, firstFrom } from "./fileTokens";

/** The part of one line that a surprising token covers. */
export interface Tint {
  readonly line: number;
  /** UTF-16 columns; `end > start`. */
  readonly start: number;
  readonly end: number;
  /** 1 to 6. */
  readonly step: number;
  /** Of two neighbours one has it: VS Code joins decorations of one type that touch. */
  readonly odd: boolean;
}

/** A surprising token holds a line's end. */
export interface TintedEnd {
  readonly line: number;
  readonly column: number;
  readonly step: number;
}

/** Bits of the tokens that start in a line. */
export interface LineBits {
  readonly line: number;
  readonly column: number;
  readonly bits: number;
}

/** What the template puts before or after a place. */
export interface AddedText {
  readonly line: number;
  readonly column: number;
  readonly side: "before" | "after";
  readonly text: string;
}

export interface SurprisalDrawing {
  readonly tints: readonly Tint[];
  readonly stale: readonly Tint[];
  readonly lineEnds: readonly TintedEnd[];
  readonly lineBits: readonly LineBits[];
  readonly added: readonly AddedText[];
}

/** All that the surprisal lens shows of `ranges`; work is proportional to them. */
export function surprisalDrawing(
  tokens: readonly FileToken[],
  text: TextLines,
  ranges: readonly LineRange[],
): SurprisalDrawing {
  const drawing = {
    tints: [] as Tint[],
    stale: [] as Tint[],
    lineEnds: [] as TintedEnd[],
    lineBits: [] as LineBits[],
    added: [] as AddedText[],
  };
  for (const range of ranges) drawRange(tokens, text, range, drawing);
  return drawing;
}

type Drawn = { -readonly [Part in keyof SurprisalDrawing]: SurprisalDrawing[Part][number][] };

function drawRange(tokens: readonly FileToken[], text: TextLines, range: LineRange, drawn: Drawn): void {
  for (let line = range.from; line <= range.to && line < text.lineCount; line++) {
    const content = text.line(line);
    const start = text.startOf(line);
    const next = line + 1 < text.lineCount ? text.startOf(line + 1) : start + content.length + 1;
    const from = line === range.from ? start + Math.min(range.fromColumn, content.length) : start;
    const to = Math.min(next, from + maxLineUnits, line === range.to ? start + range.toColumn : next);
    let bits = 0;
    let counted = 0;
    let stale = false;
    for (let index = firstFrom(tokens, from); index < tokens.length; index++) {
      const token = tokens[index]!;
      if (token.start >= to) break;
      if (token.added !== undefined) {
        if (tokens[index - 1]?.start !== token.start || tokens[index - 1]?.added !== token.added)
          drawn.added.push(addedText(tokens, index, line, token.start - start));
        continue;
      }
      stale ||= token.stale;
      if (token.start >= start && token.bits !== undefined) {
        bits += token.bits;
        counted++;
      }
      const step = token.bits === undefined ? 0 : stepOf(token.bits);
      if (step === 0) continue;
      const first = Math.max(token.start, start) - start;
      const last = Math.min(token.end - start, content.length);
      const tint = { line, start: first, end: last, step, odd: index % 2 === 1 };
      if (last > first) (token.stale ? drawn.stale : drawn.tints).push(tint);
      if (!token.stale && token.end > start + content.length && token.start <= start + content.length)
        drawn.lineEnds.push({ line, column: content.length, step });
    }
    if (counted > 0 && !stale && content.trim() !== "" && from === start)
      drawn.lineBits.push({ line, column: content.length, bits });
  }
}

function addedText(tokens: readonly FileToken[], index: number, line: number, column: number): AddedText {
  const { start, added } = tokens[index]!;
  let text = "";
  for (let at = index; tokens[at]?.start === start && tokens[at]?.added === added; at++)
    text += tokens[at]!.parts.map(({ token }) => token.text).join("");
  return { line, column, side: added === "after" ? "after" : "before", text: visibleText(text) };
}
