// Tekken (Mistral Nemo and later), with P = [^\r\n\p{L}\p{N}], A = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}] and
// a = [\p{Ll}\p{Lm}\p{Lo}\p{M}]: o200k's pattern without contractions, digits one by one.
//   P?A*a+ | P?A+a* | \p{N} | ?[^\s\p{L}\p{N}]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
import { CASELESS, classAt, classOf, LOWER, MARK, NEWLINE, NUMBER, OTHER, SPACE, UPPER, unit, width } from "../unicode";
import { Trailing, whitespace } from "./whitespace";

const FIRST: u32 = UPPER | CASELESS | MARK;
const REST: u32 = LOWER | CASELESS | MARK;

/** End of the piece at `start`. */
export function nextTekken(start: i32, end: i32): i32 {
  // The commonest piece by far: a lower-case word, with a space before it or not.
  let k = unit(start) === 0x20 ? start + 1 : start;
  let c = classOf(unit(k));
  if (c === LOWER) {
    do c = classOf(unit(++k));
    while (c === LOWER);
    if (c !== 0 && (c & REST) === 0) return k;
  }
  const c0 = classAt(start, end);
  const w0 = width;
  if (c0 === NUMBER) return start + w0;
  const isPrefix = (c0 & (OTHER | SPACE | MARK)) !== 0 && c0 !== NEWLINE;
  if (isPrefix) {
    const e = word(start + w0, end, c0 !== MARK);
    if (e > start + w0) return e;
  }
  const e = word(start, end, true);
  if (e > start) return e;
  return symbols(start, end);
}

/** End of `A*a+`, or where there is none and `capitals` is true of `A+a*`; `start` where neither fits. */
function word(start: i32, end: i32, capitals: bool): i32 {
  let k = start;
  let e = start;
  let c = classAt(k, end);
  while (c & FIRST) {
    k += width;
    if (c & (CASELESS | MARK)) e = k;
    c = classAt(k, end);
  }
  if (c & LOWER) {
    while (c & REST) {
      k += width;
      c = classAt(k, end);
    }
    return k;
  }
  // With a mark as the prefix, A*a+ without the prefix comes before A+a* with it.
  return e === start && capitals ? k : e;
}

function symbols(start: i32, end: i32): i32 {
  const from = unit(start) === 0x20 ? start + 1 : start;
  let k = from;
  let c = classAt(k, end);
  while (c & (OTHER | MARK)) {
    k += width;
    c = classAt(k, end);
  }
  if (k === from) return whitespace(start, end, Trailing.LineEnds);
  while (c === NEWLINE || (k < end && unit(k) === 0x2f)) c = classAt(++k, end);
  return k;
}
