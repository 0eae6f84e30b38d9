import { classRuns, classRunsLength } from "./classes.generated";

// Character classes as bits, one class for each code point, so that a set of classes is one mask.
export const UPPER: u32 = 1; // Lu, Lt
export const LOWER: u32 = 2; // Ll
export const CASELESS: u32 = 4; // Lm, Lo
export const MARK: u32 = 8; // M
export const NUMBER: u32 = 16; // N
export const SPACE: u32 = 32; // \s
export const NEWLINE: u32 = 96; // \r and \n: SPACE and one bit more
export const OTHER: u32 = 128; // the rest
export const SYMBOL: u32 = 192; // P, S: OTHER and one bit more
export const LETTER: u32 = UPPER | LOWER | CASELESS;

/** Code points from here on have a class of their own only in the block of variation selectors. */
const FLAT_END: u32 = 0x34000;
const SELECTORS: u32 = 0xe0100;
const SELECTORS_END: u32 = 0xe01f0;

/** Class of each code point below FLAT_END; 0 for surrogates, which need a second look. A constant address. */
const classes: usize = memory.data(0x34000);
/** The window's text, UTF-16, followed by low surrogates that stop every loop over classes. */
export let text: usize = 0;
/** Whether the last answer of a scanner depends on what follows the window. */
export let touched: bool = false;
/** Width in units of the code point that `classAt` looked at. */
export let width: i32 = 1;

export function setText(at: usize): void {
  text = at;
}

export function touch(): void {
  touched = true;
}

export function untouch(): void {
  touched = false;
}

/** Unrolls the runs: pairs of a class's number and a length in LEB128. */
export function buildClasses(): void {
  let at = classRuns;
  const end = at + classRunsLength;
  let point: usize = classes;
  while (at < end) {
    const value = load<u8>(at++);
    let length: u32 = 0;
    let shift: u32 = 0;
    while (true) {
      const byte = <u32>load<u8>(at++);
      length |= (byte & 127) << shift;
      shift += 7;
      if (byte < 128) break;
    }
    memory.fill(point, value, length);
    point += length;
  }
}

@inline
export function unit(i: i32): u32 {
  return <u32>load<u16>(text + ((<usize>i) << 1));
}

@inline
export function classOf(u: u32): u32 {
  return <u32>load<u8>(classes + <usize>u);
}

/**
 * Class of the code point at unit `i`, exact in every case; 0 at `end`. An unpaired surrogate becomes U+FFFD in place:
 * the text here is a copy.
 */
export function classAt(i: i32, end: i32): u32 {
  if (i >= end) {
    touched = true;
    width = 0;
    return 0;
  }
  const u = unit(i);
  width = 1;
  const c = classOf(u);
  if (c !== 0) return c;
  if (u < 0xdc00) {
    if (i + 1 >= end) touched = true;
    else {
      const v = unit(i + 1);
      if ((v & 0xfc00) === 0xdc00) {
        width = 2;
        const point: u32 = 0x10000 + ((u & 0x3ff) << 10) + (v & 0x3ff);
        if (point < FLAT_END) return <u32>load<u8>(classes + point);
        return point >= SELECTORS && point < SELECTORS_END ? MARK : OTHER;
      }
    }
  }
  store<u16>(text + ((<usize>i) << 1), 0xfffd);
  return SYMBOL;
}
