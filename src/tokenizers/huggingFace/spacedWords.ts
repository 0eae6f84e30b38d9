import type { PreTokenizerKind } from "../vocabulary";

const LOW_LINE = "\u2581";

/**
 * The scanner whose borders no merge of this vocabulary straddles, the finest of those there are. `merges` are pairs of
 * token texts, flat, with U+2581 for spaces.
 */
export function spacedScanner(merges: readonly string[]): PreTokenizerKind {
  let afterSpaces = true;
  let afterLetters = true;
  for (let i = 0; i < merges.length; i += 2) {
    const left = merges[i]!;
    const right = merges[i + 1]!;
    // The characters on either side of the seam; inside the parts earlier merges have the same seams.
    const before = [...left.slice(-2)].at(-1) ?? "";
    const after = right[0];
    if ((before === "\n") !== (after === "\n")) return "whole";
    if (after === LOW_LINE && before !== LOW_LINE) {
      afterSpaces = false;
      if (/[\p{L}\p{M}\p{N}]/u.test(before)) afterLetters = false;
    }
  }
  if (afterSpaces) return "wordsAfterSpaces";
  return afterLetters ? "wordsAfterLetters" : "whole";
}
