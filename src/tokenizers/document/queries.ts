import type { DocumentToken } from "../document";
import type { Tokenizer } from "../tokenizer";
import { EncodedBlock } from "./block";
import type { BlockList } from "./blockList";
import { codePointLength, continuesCodePoint } from "./codePoints";

/** What a block costs beyond its arrays' contents: three typed arrays, their buffers and the object, measured in V8. */
const BLOCK_OVERHEAD_BYTES = 700;

/** Reads the tokens of the filled part of a block list: ranks of offsets, tokens by index, ranges. */
export class TokenQueries {
  constructor(
    private readonly list: BlockList,
    private readonly tokenizer: Tokenizer,
  ) {}

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

  /** Tokens `[from, to)` with their ends. */
  private read(from: number, to: number): DocumentToken[] {
    const { totals, blocks, firstRaw } = this.list;
    const tokens: DocumentToken[] = [];
    if (from >= to) return tokens;
    let index = totals.blockOfToken(from);
    let token = from - totals.tokensBefore(index);
    let base = totals.unitsBefore(index);
    let open: { index: number; id: number; start: number } | undefined;
    for (let i = from; index < firstRaw; ) {
      const block = blocks[index] as EncodedBlock;
      if (token === block.tokenCount) {
        base += block.unitCount;
        index++;
        token = 0;
        continue;
      }
      const unit = block.starts[token]!;
      const id = block.id(token);
      if (open) tokens.push({ ...open, end: base + this.endBefore(block, unit, id) });
      open = undefined;
      if (i === to) break;
      open = { index: i, id, start: base + unit };
      i++;
      token++;
    }
    if (open) tokens.push({ ...open, end: this.filledTo });
    return tokens;
  }

  /** Where the token before the one at `unit` ends: behind that unit's code point when they share it. */
  private endBefore(block: EncodedBlock, unit: number, id: number): number {
    const shared = block.units[unit]! >= 0x80 && continuesCodePoint(this.tokenizer, id);
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
