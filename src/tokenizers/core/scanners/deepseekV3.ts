// DeepSeek V3 and R1: three splits in a row, each within the pieces of the one before.
//   \p{N}{1,3}
//   [\u4e00-\u9fa5\u3040-\u30ff]+
//   [!-/:-~ in ASCII][A-Za-z]+ | [^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+ | ?[\p{P}\p{S}]+[\r\n]* | \s*[\r\n]+ | \s+(?!\S) | \s+
// What the third leaves over (controls, unassigned) is a piece as far as it goes.
import { classAt, LETTER, MARK, NEWLINE, NUMBER, OTHER, SPACE, SYMBOL, unit, width } from "../unicode";

/** Whether the piece being scanned lies in a run of the second split. */
let inHan: bool = false;

/** End of the piece at `start`. */
export function nextDeepseekV3(start: i32, end: i32): i32 {
  if (classAt(start, end) === NUMBER) {
    let k = start;
    for (let count = 0; count < 3 && classAt(k, end) === NUMBER; count++) k += width;
    return k;
  }
  inHan = isHan(start);
  let k = third(start, end);
  if (k > start) return k;
  // Left over: up to where the third split finds something again.
  do {
    sectionClass(k, end);
    k += width;
  } while (sectionClass(k, end) !== 0 && third(k, end) === k);
  return k;
}

/** End of what the third split finds at `start`; `start` itself where it finds nothing. */
function third(start: i32, end: i32): i32 {
  const c0 = sectionClass(start, end);
  const w0 = width;
  const c1 = sectionClass(start + w0, end);
  if (unit(start) < 128 && c0 === SYMBOL && isAsciiLetter(start + 1, end)) {
    let k = start + 2;
    while (isAsciiLetter(k, end)) k++;
    return k;
  }
  if (c0 & (LETTER | MARK)) return words(start + w0, end);
  if (c0 !== NEWLINE && c0 !== SYMBOL && c1 & (LETTER | MARK)) return words(start + w0, end);
  if (c0 === SYMBOL) return symbols(start + w0, end);
  if (unit(start) === 0x20 && c1 === SYMBOL) return symbols(start + 1, end);
  return c0 & SPACE ? spaces(start, end) : start;
}

function words(from: i32, end: i32): i32 {
  let k = from;
  while (sectionClass(k, end) & (LETTER | MARK)) k += width;
  return k;
}

function symbols(from: i32, end: i32): i32 {
  let k = from;
  let c = sectionClass(k, end);
  while (c === SYMBOL) {
    k += width;
    c = sectionClass(k, end);
  }
  while (c === NEWLINE) c = sectionClass(++k, end);
  return k;
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+`, where the section's end counts as the text's. */
function spaces(start: i32, end: i32): i32 {
  let k = start;
  let afterNewline = -1;
  let c = sectionClass(k, end);
  while (c & SPACE) {
    k++;
    if (c === NEWLINE) afterNewline = k;
    c = sectionClass(k, end);
  }
  if (afterNewline >= 0) return afterNewline;
  return c === 0 || k - start === 1 ? k : k - 1;
}

/** Class of the code point at `i`; 0 where the section ends: at a number, at either end of a run of Han and kana. */
function sectionClass(i: i32, end: i32): u32 {
  const c = classAt(i, end);
  if (c === 0) return 0;
  return c === NUMBER || isHan(i) !== inHan ? 0 : c;
}

function isHan(i: i32): bool {
  const u = unit(i);
  return (u >= 0x4e00 && u <= 0x9fa5) || (u >= 0x3040 && u <= 0x30ff);
}

function isAsciiLetter(i: i32, end: i32): bool {
  if (sectionClass(i, end) === 0) return false;
  const lower = unit(i) | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
