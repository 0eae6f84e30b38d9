import type { TokenDocument } from "../../tokenizers";
import { type Band, bandsIn, type LineEnd, type LineRange, type TextLines } from "./bands";
import {
  type LineCount,
  lineCounts,
  type SpecialText,
  specialTexts,
  type WhitespaceMark,
  whitespaceMarks,
} from "./marks";

export interface LensOptions {
  readonly mode: "bands" | "boundaries";
  /** Marks for whitespace tokens and line ends. */
  readonly whitespace: boolean;
  readonly lineCounts: boolean;
}

/** What is to be seen in one editor. */
export interface Drawing {
  readonly mode: LensOptions["mode"];
  readonly bands: readonly Band[];
  readonly lineEnds: readonly LineEnd[];
  readonly whitespace: readonly WhitespaceMark[];
  readonly counts: readonly LineCount[];
  readonly special: readonly SpecialText[];
}

/** All that the lens shows of `ranges`; work is proportional to them. */
export function drawing(
  tokens: TokenDocument,
  text: TextLines,
  ranges: readonly LineRange[],
  options: LensOptions,
): Drawing {
  const parts = ranges.map((range) => {
    const { bands, lineEnds } = bandsIn(tokens, text, range);
    return {
      bands,
      lineEnds: options.whitespace ? lineEnds : [],
      whitespace: options.whitespace ? whitespaceMarks(bands, text) : [],
      counts: options.lineCounts ? lineCounts(tokens, text, range) : [],
      special: specialTexts(tokens.tokenizer.specialTokens, text, range),
    };
  });
  return {
    mode: options.mode,
    bands: parts.flatMap((part) => part.bands),
    lineEnds: parts.flatMap((part) => part.lineEnds),
    whitespace: parts.flatMap((part) => part.whitespace),
    counts: parts.flatMap((part) => part.counts),
    special: parts.flatMap((part) => part.special),
  };
}
