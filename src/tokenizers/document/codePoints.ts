import type { Tokenizer } from "../tokenizer";

/** Whether a token's bytes begin inside a code point, so that it shares that code point with the token before it. */
export function continuesCodePoint(tokenizer: Tokenizer, id: number): boolean {
  const first = tokenizer.tokenBytes(id)?.[0];
  return first !== undefined && (first & 0xc0) === 0x80;
}

/** UTF-16 units of the code point that begins with `unit`; an unpaired surrogate is one. */
export function codePointLength(unit: number, next: number | undefined): 1 | 2 {
  return (unit & 0xfc00) === 0xd800 && next !== undefined && (next & 0xfc00) === 0xdc00 ? 2 : 1;
}
