import { asRaw, type Block, blocksOf, copyUnits, EncodedBlock, type RawSpan, type TokenRun, textOf } from "./block";
import { Sums } from "./sums";

/** A place in the text: before unit `unit` of a block, `token` being the block's first token that starts there or later. */
export interface Place {
  readonly block: number;
  readonly unit: number;
  readonly token: number;
}

/** What `splice` puts in: tokens, or text that has none yet. */
export type Segment = TokenRun | RawSpan;

/** The text as a list of blocks, in order; every change goes through `splice`. */
export class BlockList {
  private readonly list: Block[] = [];
  private readonly sums = new Sums();
  private stale = false;
  /** Index of the first block without tokens; the number of blocks when all have them. */
  firstRaw = 0;

  /** `blockUnits`: see DocumentSizes.block. */
  constructor(private readonly blockUnits: number) {}

  get blocks(): readonly Block[] {
    return this.list;
  }

  /** Sums over the blocks, counted anew where a splice has changed the list. */
  get totals(): Sums {
    if (this.stale) {
      this.sums.rebuild(this.list);
      this.stale = false;
    }
    return this.sums;
  }

  /** The place before the unit at `offset`, at the end of the last block for the text's length. */
  place(offset: number): Place {
    const { totals, list } = this;
    const index = totals.blockOfUnit(offset);
    if (index >= list.length) return this.endPlace();
    const block = list[index]!;
    const unit = offset - totals.unitsBefore(index);
    return { block: index, unit, token: block instanceof EncodedBlock ? block.tokenFrom(unit) : 0 };
  }

  endPlace(): Place {
    const last = this.list.at(-1);
    return { block: Math.max(0, this.list.length - 1), unit: last?.unitCount ?? 0, token: last?.tokenCount ?? 0 };
  }

  /** Copies up to `count` units from `place` on; returns how many there were. */
  copy(place: Place, count: number, target: Uint16Array, at: number): number {
    let copied = 0;
    let unit = place.unit;
    for (let i = place.block; i < this.list.length && copied < count; i++) {
      const block = this.list[i]!;
      const take = Math.min(count - copied, block.unitCount - unit);
      copyUnits(block, unit, unit + take, target, at + copied);
      copied += take;
      unit = 0;
    }
    return copied;
  }

  /** Units `[start, end)` as a string. */
  text(start: number, end: number): string {
    if (start >= end) return "";
    const parts: string[] = [];
    let index = this.totals.blockOfUnit(start);
    for (let base = this.totals.unitsBefore(index); base < end && index < this.list.length; index++) {
      const block = this.list[index]!;
      parts.push(textOf(block, Math.max(0, start - base), Math.min(end - base, block.unitCount)));
      base += block.unitCount;
    }
    return parts.join("");
  }

  /**
   * The stretch of blocks without tokens that begins at block `index`: its units and the index after it. Stops early,
   * at some block inside the stretch, once there are more than `limit` units.
   */
  rawFrom(index: number, limit = Number.POSITIVE_INFINITY): { units: number; end: number } {
    let units = 0;
    let end = index;
    for (; end < this.list.length && units <= limit; end++) {
      const block = this.list[end]!;
      if (block instanceof EncodedBlock) break;
      units += block.unitCount;
    }
    return { units, end };
  }

  /** The text between two places as spans that have to be encoded again. */
  rawBetween(from: Place, to: Place): RawSpan[] {
    const spans: RawSpan[] = [];
    for (let i = from.block; i <= to.block && i < this.list.length; i++) {
      const block = this.list[i]!;
      const start = i === from.block ? from.unit : 0;
      const end = i === to.block ? to.unit : block.unitCount;
      if (end > start) spans.push(asRaw(block, start, end));
    }
    return spans;
  }

  /** Puts `segments` in place of all between two places, neither of which may lie inside a token. */
  splice(from: Place, to: Place, segments: readonly Segment[]): void {
    if (this.replaceInside(from, to, segments)) return;
    const { list } = this;
    const pieces: Segment[] = [];
    const first = list[from.block];
    const last = list[to.block];
    if (first && from.unit > 0) pieces.push(partOf(first, 0, from.unit, 0, from.token));
    pieces.push(...segments);
    if (last && to.unit < last.unitCount) pieces.push(partOf(last, to.unit, last.unitCount, to.token, last.tokenCount));

    let start = from.block;
    let end = Math.min(list.length, to.block + 1);
    const before = list[start - 1];
    if (before && this.worthJoining(before, pieces[0])) pieces.unshift(whole(list[--start]!));
    const after = list[end];
    if (after && this.worthJoining(after, pieces.at(-1))) pieces.push(whole(list[end++]!));
    list.splice(start, end - start, ...this.grouped(pieces));

    this.stale = true;
    if (start <= this.firstRaw) this.findFirstRaw(start);
  }

  /** The quick way for a small change inside one block. */
  private replaceInside(from: Place, to: Place, segments: readonly Segment[]): boolean {
    const block = this.list[from.block];
    const run = segments[0];
    if (!(block instanceof EncodedBlock) || segments.length !== 1 || !run || !("ids" in run)) return false;
    const toEnd = to.block === from.block + 1 && to.unit === 0;
    if (to.block !== from.block && !toEnd) return false;
    const toUnit = toEnd ? block.unitCount : to.unit;
    const toToken = toEnd ? block.tokenCount : to.token;

    const unitChange = run.unitCount - (toUnit - from.unit);
    const unitCount = block.unitCount + unitChange;
    if (unitCount === 0 || unitCount > 2 * this.blockUnits || (this.isSmall(unitCount) && this.list.length > 1))
      return false;
    const tokenChange = run.tokenCount - (toToken - from.token);
    block.replace(from.unit, toUnit, from.token, toToken, run);
    if (!this.stale) this.sums.add(from.block, unitChange, tokenChange);
    return true;
  }

  /** Many small blocks would cost memory and time: a small one is joined with its neighbour. */
  private worthJoining(neighbour: Block, segment: Segment | undefined): boolean {
    if (!(neighbour instanceof EncodedBlock) || !segment || !("ids" in segment)) return false;
    return this.isSmall(neighbour.unitCount) || this.isSmall(segment.unitCount);
  }

  private isSmall(unitCount: number): boolean {
    return unitCount < this.blockUnits / 4;
  }

  /** Neighbouring runs joined and cut to size; raw spans as they are. */
  private grouped(segments: readonly Segment[]): Block[] {
    const blocks: Block[] = [];
    let runs: TokenRun[] = [];
    const flush = () => {
      if (runs.length > 0) for (const block of blocksOf(runs, this.blockUnits)) blocks.push(block);
      runs = [];
    };
    for (const segment of segments) {
      if ("ids" in segment) {
        runs.push(segment);
      } else if (segment.unitCount > 0) {
        flush();
        blocks.push(segment);
      }
    }
    flush();
    return blocks;
  }

  private findFirstRaw(from: number): void {
    let index = from;
    while (index < this.list.length && this.list[index] instanceof EncodedBlock) index++;
    this.firstRaw = index;
  }
}

function partOf(block: Block, fromUnit: number, toUnit: number, fromToken: number, toToken: number): Segment {
  return block instanceof EncodedBlock
    ? block.part(fromUnit, toUnit, fromToken, toToken)
    : asRaw(block, fromUnit, toUnit);
}

function whole(block: Block): Segment {
  return partOf(block, 0, block.unitCount, 0, block.tokenCount);
}
