import { touched, untouch } from "../unicode";
import { nextCl100k } from "./cl100k";
import { nextDeepseekV3 } from "./deepseekV3";
import { nextGpt2 } from "./gpt2";
import { nextLlama3, nextQwen2, nextQwen35 } from "./letterWords";
import { nextO200k } from "./o200k";
import { nextSmollm } from "./smollm";
import { nextTekken } from "./tekken";
import { nextWhole, nextWordAfterLetters, nextWordAfterSpaces } from "./wordsAfterSpaces";

/** End of the piece at `start`, by the number that `preTokenizerKinds` (../../vocabulary.ts) gives the kind. */
function next(kind: i32, start: i32, end: i32): i32 {
  switch (kind) {
    case 0:
      return nextWhole(start, end);
    case 1:
      return nextO200k(start, end);
    case 2:
      return nextCl100k(start, end);
    case 3:
      return nextGpt2(start, end);
    case 4:
      return nextLlama3(start, end);
    case 5:
      return nextQwen2(start, end);
    case 6:
      return nextDeepseekV3(start, end);
    case 7:
      return nextSmollm(start, end);
    case 8:
      return nextWordAfterSpaces(start, end);
    case 9:
      return nextWordAfterLetters(start, end);
    case 10:
      return nextTekken(start, end);
    case 11:
      return nextQwen35(start, end);
    default:
      return unreachable();
  }
}

/** Whether this core has a scanner of that number. */
export function knowsScanner(kind: i32): bool {
  return kind >= 0 && kind <= 11;
}

/**
 * Cuts the window `[0, end)` into pieces and writes their ends to `ends`; returns how many. Unless the window reaches
 * the end of the text, it stops before the first piece that more text could change.
 */
export function scanPieces(kind: i32, end: i32, atTextEnd: bool, ends: usize): i32 {
  let at = 0;
  let out = ends;
  untouch();
  while (at < end) {
    at = next(kind, at, end);
    if (touched && !atTextEnd) break;
    store<u32>(out, at);
    out += 4;
  }
  return <i32>((out - ends) >>> 2);
}
