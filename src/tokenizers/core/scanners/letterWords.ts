// Llama 3 and Qwen, cl100k's relatives from Hugging Face. Llama 3: d = 3 digits at most, W = \p{L}; Qwen 2: d = 1;
// Qwen 3.5: d = 1, W = [\p{L}\p{M}]:
//   (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?W+ | \p{N}{1,d} | ?[^\sW\p{N}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
import { classAt, classOf, LETTER, MARK, NEWLINE, NUMBER, OTHER, SPACE, unit, width } from "../unicode";
import { contraction } from "./contraction";
import { Trailing, whitespace } from "./whitespace";

const APOSTROPHE: u32 = 39;

/** End of the piece at `start`. */
export function nextLlama3(start: i32, end: i32): i32 {
  return next(start, end, 3, LETTER);
}

/** End of the piece at `start`. */
export function nextQwen2(start: i32, end: i32): i32 {
  return next(start, end, 1, LETTER);
}

/** End of the piece at `start`. */
export function nextQwen35(start: i32, end: i32): i32 {
  return next(start, end, 1, LETTER | MARK);
}

/** One look at each class. Surrogates and the window's end are left to `exact`. */
// @ts-expect-error a decorator of AssemblyScript
@inline
function next(start: i32, end: i32, digits: i32, word: u32): i32 {
  const u0 = unit(start);
  const c0 = classOf(u0);
  let k = -1;
  if (c0 & word) k = start;
  else if (c0 === NUMBER && digits === 1) return start + 1;
  else if (c0 === 0 || c0 === NUMBER) return exact(start, end, digits, word);
  else if (c0 !== NEWLINE) {
    if (u0 === APOSTROPHE) {
      const e = contraction(start, end);
      if (e > start) return e;
    }
    const c1 = classOf(unit(start + 1));
    if (c1 & word) k = start + 1;
    else if (c1 === 0) return exact(start, end, digits, word);
    else if (c0 & (OTHER | MARK) & ~word) return symbols(start, start + 1, end, digits, word);
    else if (u0 === 0x20 && c1 & (OTHER | MARK) & ~word) return symbols(start, start + 2, end, digits, word);
  }
  if (k < 0) return whitespace(start, end, Trailing.LineEnds);
  let c: u32;
  do c = classOf(unit(++k));
  while (c & word);
  return c === 0 ? exact(start, end, digits, word) : k;
}

function symbols(start: i32, from: i32, end: i32, digits: i32, word: u32): i32 {
  let k = from;
  let c = classOf(unit(k));
  while (c & (OTHER | MARK) & ~word) c = classOf(unit(++k));
  while (c === NEWLINE) c = classOf(unit(++k));
  return c === 0 ? exact(start, end, digits, word) : k;
}

/** The same for every text, one code point at a time. */
function exact(start: i32, end: i32, digits: i32, word: u32): i32 {
  if (unit(start) === APOSTROPHE) {
    const e = contraction(start, end);
    if (e > start) return e;
  }
  const c0 = classAt(start, end);
  const w0 = width;
  const isPrefix = (c0 & (OTHER | SPACE | MARK) & ~word) !== 0 && c0 !== NEWLINE;
  const from = isPrefix ? start + w0 : start;
  let k = from;
  while (classAt(k, end) & word) k += width;
  if (k > from) return k;
  if (c0 === NUMBER) {
    k = start + w0;
    for (let count = 1; count < digits && classAt(k, end) === NUMBER; count++) k += width;
    return k;
  }
  k = unit(start) === 0x20 ? start + 1 : start;
  const first = k;
  let c = classAt(k, end);
  while (c & (OTHER | MARK) & ~word) {
    k += width;
    c = classAt(k, end);
  }
  if (k > first) {
    while (c === NEWLINE) c = classAt(++k, end);
    return k;
  }
  return whitespace(start, end, Trailing.LineEnds);
}
