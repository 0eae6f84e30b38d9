import type { Tokenizer } from "../tokenizer";

/** Answers kept: more than the different tokens that a screen of text has. */
const KEPT = 4096;

/** Tells tokens whose bytes begin inside a code point, which they share with the token before them. */
export class Continuations {
  private readonly kept = new Map<number, boolean>();

  constructor(private readonly tokenizer: Tokenizer) {}

  has(id: number): boolean {
    const kept = this.kept.get(id);
    if (kept !== undefined) return kept;
    const first = this.tokenizer.tokenBytes(id)?.[0];
    const continues = first !== undefined && (first & 0xc0) === 0x80;
    if (this.kept.size >= KEPT) this.kept.clear();
    this.kept.set(id, continues);
    return continues;
  }
}

/** UTF-16 units of the code point that begins with `unit`; an unpaired surrogate is one. */
export function codePointLength(unit: number, next: number | undefined): 1 | 2 {
  return (unit & 0xfc00) === 0xd800 && next !== undefined && (next & 0xfc00) === 0xdc00 ? 2 : 1;
}
