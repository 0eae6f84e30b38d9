// SmolLM: every digit alone, then the GPT-2 pattern on what lies between digits:
//   's|'t|'re|'ve|'m|'ll|'d | ?\p{L}+ | ?\p{N}+ | ?[^\s\p{L}\p{N}]+ | \s+(?!\S) | \s+
import { classAt, classOf, LETTER, MARK, NUMBER, OTHER, SPACE, unit, width } from "../unicode";
import { lowerContraction } from "./contraction";

const APOSTROPHE: u32 = 39;

/** End of the piece at `start`. */
export function nextSmollm(start: i32, end: i32): i32 {
  const u0 = unit(start);
  if (u0 === APOSTROPHE) {
    const e = lowerContraction(start, end);
    if (e > start) return e;
  }
  let k = start;
  let c = classOf(u0);
  if (c === NUMBER) return start + 1;
  if (u0 === 0x20) c = classOf(unit(++k));
  const run = runOf(c);
  if (run === 0) return exact(start, end);
  do c = classOf(unit(++k));
  while (c & run);
  return c === 0 ? exact(start, end) : k;
}

/** The set of classes that go on in one piece with class `c`; 0 for white space and numbers. */
function runOf(c: u32): u32 {
  if (c & LETTER) return LETTER;
  return c & (OTHER | MARK) ? OTHER | MARK : 0;
}

/** The same for every text, one code point at a time. Contractions are behind us. */
function exact(start: i32, end: i32): i32 {
  if (classAt(start, end) === NUMBER) return start + width;
  let k = unit(start) === 0x20 ? start + 1 : start;
  let c = classAt(k, end);
  const run = runOf(c);
  if (run === 0) return spaces(start, end);
  while (c & run) {
    k += width;
    c = classAt(k, end);
  }
  return k;
}

/** `\s+(?!\S)|\s+`, where a digit counts as the text's end. */
function spaces(start: i32, end: i32): i32 {
  let k = start;
  let c = classAt(k, end);
  while (c & SPACE) c = classAt(++k, end);
  return c === 0 || c === NUMBER || k - start === 1 ? k : k - 1;
}
