// r50k_base, p50k_base, p50k_edit and the GPT-2 family:
//   '(?:[sdmt]|ll|ve|re) | ?\p{L}++ | ?\p{N}++ | ?[^\s\p{L}\p{N}]++ | \s++$ | \s+(?!\S) | \s
import { classAt, classOf, LETTER, MARK, NUMBER, OTHER, unit, width } from "../unicode";
import { lowerContraction } from "./contraction";
import { Trailing, whitespace } from "./whitespace";

const APOSTROPHE: u32 = 39;

/** End of the piece at `start`. */
export function nextGpt2(start: i32, end: i32): i32 {
  const u0 = unit(start);
  if (u0 === APOSTROPHE) {
    const e = lowerContraction(start, end);
    if (e > start) return e;
  }
  let k = start;
  let c = classOf(u0);
  if (u0 === 0x20) c = classOf(unit(++k));
  const run = kind(c);
  if (run !== 0) {
    do c = classOf(unit(++k));
    while (c & run);
    return c === 0 ? exact(start, end) : k;
  }
  return c === 0 ? exact(start, end) : whitespace(start, end, Trailing.Plain);
}

/** The set of classes that go on in one piece with class `c`; 0 for white space. */
function kind(c: u32): u32 {
  if (c & LETTER) return LETTER;
  if (c === NUMBER) return NUMBER;
  return c & (OTHER | MARK) ? OTHER | MARK : 0;
}

/** The same for every text, one code point at a time. Contractions are behind us. */
function exact(start: i32, end: i32): i32 {
  let k = unit(start) === 0x20 ? start + 1 : start;
  let c = classAt(k, end);
  const run = kind(c);
  if (run === 0) return whitespace(start, end, Trailing.Plain);
  while (c & run) {
    k += width;
    c = classAt(k, end);
  }
  return k;
}
