import { touched, untouch } from "../unicode";
import { nextCl100k } from "./cl100k";
import { nextGpt2 } from "./gpt2";
import { nextO200k } from "./o200k";

/** End of the piece at `start`, by the number that `preTokenizerKinds` (../../vocabulary.ts) gives the kind. */
function next(kind: i32, start: i32, end: i32): i32 {
  switch (kind) {
    case 1:
      return nextO200k(start, end);
    case 2:
      return nextCl100k(start, end);
    case 3:
      return nextGpt2(start, end);
    default:
      return unreachable();
  }
}

/** Whether this core has a scanner of that number. */
export function knowsScanner(kind: i32): bool {
  return kind >= 1 && kind <= 3;
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
