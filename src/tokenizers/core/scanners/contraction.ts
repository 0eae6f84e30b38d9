import { touch, unit } from "../unicode";

/**
 * The end of an English contraction ('s 't 'm 'd 're 've 'll) whose apostrophe is the unit at `at`, or `at` where there
 * is none. Ignoring case, as the o200k and cl100k patterns do, also lets U+017F (long s) stand for s.
 */
export function contraction(at: i32, end: i32): i32 {
  if (at + 1 >= end) {
    touch();
    return at;
  }
  const first = unit(at + 1);
  if (first === 0x17f) return at + 2;
  const a = first | 0x20;
  if (first > 127) return at;
  if (a === 0x73 || a === 0x74 || a === 0x6d || a === 0x64) return at + 2;
  if (a !== 0x72 && a !== 0x76 && a !== 0x6c) return at;
  if (at + 2 >= end) {
    touch();
    return at;
  }
  const second = unit(at + 2);
  return second < 128 && (second | 0x20) === (a === 0x6c ? 0x6c : 0x65) ? at + 3 : at;
}

/** The same where case counts: the GPT-2 pattern. */
export function lowerContraction(at: i32, end: i32): i32 {
  if (at + 1 >= end) {
    touch();
    return at;
  }
  const a = unit(at + 1);
  if (a === 0x73 || a === 0x74 || a === 0x6d || a === 0x64) return at + 2;
  if (a !== 0x72 && a !== 0x76 && a !== 0x6c) return at;
  if (at + 2 >= end) {
    touch();
    return at;
  }
  return unit(at + 2) === (a === 0x6c ? <u32>0x6c : <u32>0x65) ? at + 3 : at;
}
