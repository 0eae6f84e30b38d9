// o200k_base and o200k_harmony, with P = [^\r\n\p{L}\p{N}], A = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}],
// a = [\p{Ll}\p{Lm}\p{Lo}\p{M}] and c = (?i:'s|'t|'re|'ve|'m|'ll|'d):
//   P?A*a+c? | P?A+a*c? | \p{N}{1,3} | ?[^\s\p{L}\p{N}]+[\r\n/]* | \s*[\r\n]+ | \s+(?!\S) | \s+
import {
  CASELESS,
  classAt,
  classOf,
  LETTER,
  LOWER,
  MARK,
  NEWLINE,
  NUMBER,
  OTHER,
  SPACE,
  UPPER,
  unit,
  width,
} from "../unicode";
import { contraction } from "./contraction";
import { Trailing, whitespace } from "./whitespace";

const FIRST: u32 = UPPER | CASELESS | MARK;
const REST: u32 = LOWER | CASELESS | MARK;
const APOSTROPHE: u32 = 39;

/** End of the piece at `start`: one look at each class. Surrogates and the window's end are left to `exact`. */
export function nextO200k(start: i32, end: i32): i32 {
  const u0 = unit(start);
  const c0 = classOf(u0);
  let word = -1;
  if (c0 & LETTER) word = start;
  else if (c0 === NUMBER) return number(start, end);
  else if (c0 === 0) return exact(start, end);
  else if (c0 !== NEWLINE) {
    const c1 = classOf(unit(start + 1));
    if (c1 & (LETTER | MARK)) word = start + 1;
    else if (c1 === 0) return exact(start, end);
    else if (c0 & OTHER) return symbols(start, start + 1, end);
    else if (c0 === MARK) return unit(start + 1) === APOSTROPHE ? contraction(start + 1, end) : start + 1;
    else if (u0 === 0x20 && c1 & OTHER) return symbols(start, start + 2, end);
  }
  if (word < 0) return whitespace(start, end, Trailing.LineEnds);

  let k = word;
  let c = classOf(unit(k));
  let e: i32;
  if (c === LOWER) {
    do c = classOf(unit(++k));
    while (c === LOWER);
    while (c & REST) c = classOf(unit(++k));
    if (c === 0) return exact(start, end);
    e = k;
  } else {
    let lastCaseless = -1;
    while (c & FIRST) {
      if (c & (CASELESS | MARK)) lastCaseless = k;
      c = classOf(unit(++k));
    }
    if (c === LOWER) {
      do c = classOf(unit(++k));
      while (c & REST);
      if (c === 0) return exact(start, end);
      e = k;
    } else if (c === 0) return exact(start, end);
    else if (lastCaseless >= 0) e = lastCaseless + 1;
    else e = c0 === MARK ? start + 1 : k;
  }
  return unit(e) === APOSTROPHE ? contraction(e, end) : e;
}

function number(start: i32, end: i32): i32 {
  let c = classOf(unit(start + 1));
  if (c === 0) return exact(start, end);
  if (c !== NUMBER) return start + 1;
  c = classOf(unit(start + 2));
  if (c === 0) return exact(start, end);
  return c === NUMBER ? start + 3 : start + 2;
}

function symbols(start: i32, from: i32, end: i32): i32 {
  let k = from;
  let c = classOf(unit(k));
  while (c & (OTHER | MARK)) c = classOf(unit(++k));
  while (c === NEWLINE || unit(k) === 0x2f) c = classOf(unit(++k));
  return c === 0 ? exact(start, end) : k;
}

/** The same for every text, one code point at a time. */
function exact(start: i32, end: i32): i32 {
  const c0 = classAt(start, end);
  const w0 = width;
  const isPrefix = (c0 & (OTHER | SPACE | MARK)) !== 0 && c0 !== NEWLINE;
  for (let withPrefix = isPrefix ? 1 : 0; withPrefix >= 0; withPrefix--) {
    const word = withPrefix ? start + w0 : start;
    let k = word;
    let e = -1;
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
      e = k;
    }
    // P?A+a*: a prefix that is itself a mark has P?A*a+ without the prefix to try before.
    if (e < 0 && k > word && (withPrefix === 0 || c0 !== MARK)) e = k;
    if (e >= 0) {
      classAt(e, end);
      return e < end && unit(e) === APOSTROPHE ? contraction(e, end) : e;
    }
  }
  if (c0 === NUMBER) {
    let k = start + w0;
    for (let digits = 1; digits < 3 && classAt(k, end) === NUMBER; digits++) k += width;
    return k;
  }
  let k = unit(start) === 0x20 ? start + 1 : start;
  const from = k;
  let c = classAt(k, end);
  while (c & (OTHER | MARK)) {
    k += width;
    c = classAt(k, end);
  }
  if (k > from) {
    while (c === NEWLINE || (k < end && unit(k) === 0x2f)) c = classAt(++k, end);
    return k;
  }
  return whitespace(start, end, Trailing.LineEnds);
}
