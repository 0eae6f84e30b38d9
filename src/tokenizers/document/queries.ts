import type { DocumentToken } from "../document";
import type { Tokenizer } from "../tokenizer";
import { EncodedBlock } from "./block";
import type { BlockList } from "./blockList";
import { Continuations, codePointLength } from "./codePoints";

/** What a block costs beyond its arrays' contents: three typed arrays, their buffers and the object, measured in V8. */
const BLOCK_OVERHEAD_BYTES = 700;

type UnfinishedToken = { -readonly [K in keyof DocumentToken]: DocumentToken[K] };

/** Reads the tokens of the filled part of a block list: ranks of offsets, tokens by index, ranges. */
export class TokenQueries {
  private readonly continuations: Continuations;

  constructor(
    private readonly list: BlockList,
    tokenizer: Tokenizer,
  ) {
    this.continuations = new Continuations(tokenizer);
  }

  get filledTo(): number {
    return this.list.totals.unitsBefore(this.list.firstRaw);
  }

  get tokenCount(): number {
    return this.list.totals.tokensBefore(this.list.firstRaw);
  }

  get memoryBytes(): number {
    let bytes = this.list.totals.memoryBytes;
    for (const block of this.list.blocks) {
      bytes += block instanceof EncodedBlock ? block.memoryBytes + BLOCK_OVERHEAD_BYTES : 2 * block.unitCount;
    }
    return bytes;
  }

  tokensIn(start: number, end: number): DocumentToken[] {
    const { filledTo } = this;
    const from = this.codePointStart(Math.max(0, start));
    const to = Math.min(end, filledTo);
    if (start >= to) return [];
    const first = this.tokensBefore(from);
    const tokens = this.read(Math.max(0, first - 1), Math.max(first, this.tokensBefore(to)));
    const before = tokens[0];
    return before && before.index < first && before.end <= start ? tokens.slice(1) : tokens;
  }

  countIn(start: number, end: number): number {
    return Math.max(0, this.tokensBefore(end) - this.tokensBefore(start));
  }

  tokenAt(offset: number): DocumentToken | undefined {
    return this.tokensIn(offset, offset + 1).find((token) => token.end > offset);
  }

  token(index: number): DocumentToken | undefined {
    return index >= 0 && index < this.tokenCount ? this.read(index, index + 1)[0] : undefined;
  }

  ids(): Uint32Array {
    const ids = new Uint32Array(this.tokenCount);
    let at = 0;
    for (let i = 0; i < this.list.firstRaw; i++) {
      const block = this.list.blocks[i] as EncodedBlock;
      block.copyIds(ids, at);
      at += block.tokenCount;
    }
    return ids;
  }

  /** Number of tokens that start before `offset`. */
  private tokensBefore(offset: number): number {
    if (offset <= 0) return 0;
    const { totals, blocks, firstRaw } = this.list;
    if (offset > this.filledTo) return this.tokenCount;
    const index = totals.blockOfUnit(offset);
    const before = totals.tokensBefore(Math.min(index, firstRaw));
    const block = blocks[index];
    if (index >= firstRaw || !(block instanceof EncodedBlock)) return before;
    return before + block.tokenFrom(offset - totals.unitsBefore(index));
  }

  /** Tokens `[from, to)`. A token's end is known when the one after it is reached. */
  private read(from: number, to: number): DocumentToken[] {
    const { totals, blocks, firstRaw } = this.list;
    const tokens: UnfinishedToken[] = [];
    let last: UnfinishedToken | undefined;
    let index = from;
    let at = totals.blockOfToken(from);
    let base = totals.unitsBefore(at);
    for (let token = from - totals.tokensBefore(at); at < firstRaw && index <= to; at++, token = 0) {
      const block = blocks[at] as EncodedBlock;
      for (; token < block.tokenCount && index <= to; token++, index++) {
        const unit = block.starts[token]!;
        const id = block.id(token);
        if (last) last.end = base + this.endBefore(block, unit, id);
        last = { index, id, start: base + unit, end: 0 };
        tokens.push(last);
      }
      base += block.unitCount;
    }
    // Without a token after it, the last one ends where the filled text does.
    if (index > to) tokens.pop();
    else if (last) last.end = base;
    return tokens;
  }

  /** Where the token before the one at `unit` ends: behind that unit's code point when they share it. */
  private endBefore(block: EncodedBlock, unit: number, id: number): number {
    const shared = block.units[unit]! >= 0x80 && this.continuations.has(id);
    if (!shared) return unit;
    const next = unit + 1 < block.unitCount ? block.units[unit + 1] : undefined;
    return unit + codePointLength(block.units[unit]!, next);
  }

  private codePointStart(offset: number): number {
    const { totals, blocks } = this.list;
    const index = totals.blockOfUnit(offset);
    const block = blocks[index];
    const unit = offset - totals.unitsBefore(index);
    if (!(block instanceof EncodedBlock) || unit === 0) return offset;
    return codePointLength(block.units[unit - 1]!, block.units[unit]) === 2 ? offset - 1 : offset;
  }
}
