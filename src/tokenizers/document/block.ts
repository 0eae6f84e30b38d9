import type { WindowPieces } from "../tokenizer";

/** Set in a stored id where a pre-token piece begins at that token. */
const PIECE_START = 0x8000_0000;
const ID_MASK = 0x7fff_ffff;

/** Units made into a string at once: a call takes only so many arguments. */
const STRING_UNITS = 8192;

/** Text and its tokens. Positions in `starts` are relative to `base`, ids carry the piece-start flag. */
export interface TokenRun {
  readonly units: Uint16Array;
  readonly unitCount: number;
  readonly ids: Uint32Array;
  readonly starts: Uint16Array | Uint32Array;
  readonly tokenCount: number;
  readonly base: number;
}

/** Text without tokens yet: a view of the string or of the block that it came from, so that making one copies nothing. */
export interface RawSpan {
  readonly source: string | Uint16Array;
  readonly from: number;
  readonly unitCount: number;
  readonly tokenCount: 0;
}

export type Block = EncodedBlock | RawSpan;

/**
 * A few thousand units of text with their tokens. A piece may cross from one block to the next; a code point may not.
 * The arrays have spare room after an edit.
 */
export class EncodedBlock implements TokenRun {
  readonly base = 0;
  units: Uint16Array;
  ids: Uint32Array;
  /** Blocks stay under 65,536 units, so 16 bits do. */
  starts: Uint16Array;
  unitCount: number;
  tokenCount: number;
  /** Number of tokens that a piece begins at: a walk over a piece of a million units skips the blocks that have none. */
  pieceStarts: number;

  constructor(run: TokenRun, fromUnit: number, toUnit: number, fromToken: number, toToken: number) {
    this.units = run.units.slice(fromUnit, toUnit);
    this.ids = run.ids.slice(fromToken, toToken);
    this.unitCount = toUnit - fromUnit;
    this.tokenCount = toToken - fromToken;
    this.starts = new Uint16Array(this.tokenCount);
    const shift = run.base + fromUnit;
    for (let i = 0; i < this.tokenCount; i++) this.starts[i] = run.starts[fromToken + i]! - shift;
    this.pieceStarts = countPieceStarts(this.ids, 0, this.tokenCount);
  }

  id(token: number): number {
    return this.ids[token]! & ID_MASK;
  }

  startsPiece(token: number): boolean {
    return (this.ids[token]! & PIECE_START) !== 0;
  }

  /** Index of the first token that starts at or after `unit`. */
  tokenFrom(unit: number): number {
    return lowerBound(this.starts, this.tokenCount, unit);
  }

  /** The part of this block between two places, sharing its arrays. */
  part(fromUnit: number, toUnit: number, fromToken: number, toToken: number): TokenRun {
    return {
      units: this.units.subarray(fromUnit, toUnit),
      unitCount: toUnit - fromUnit,
      ids: this.ids.subarray(fromToken, toToken),
      starts: this.starts.subarray(fromToken, toToken),
      tokenCount: toToken - fromToken,
      base: fromUnit,
    };
  }

  /** Puts `run` in place of units `[fromUnit, toUnit)` and their tokens `[fromToken, toToken)`. */
  replace(fromUnit: number, toUnit: number, fromToken: number, toToken: number, run: TokenRun): void {
    this.pieceStarts += countPieceStarts(run.ids, 0, run.tokenCount) - countPieceStarts(this.ids, fromToken, toToken);
    const unitCount = this.unitCount + run.unitCount - (toUnit - fromUnit);
    const tokenCount = this.tokenCount + run.tokenCount - (toToken - fromToken);
    if (unitCount > this.units.length) this.units = grown(this.units, new Uint16Array(withSlack(unitCount)));
    if (tokenCount > this.ids.length) {
      this.ids = grown(this.ids, new Uint32Array(withSlack(tokenCount)));
      this.starts = grown(this.starts, new Uint16Array(withSlack(tokenCount)));
    }
    const unitShift = fromUnit + run.unitCount - toUnit;
    const tailToken = fromToken + run.tokenCount;
    this.units.copyWithin(toUnit + unitShift, toUnit, this.unitCount);
    this.ids.copyWithin(tailToken, toToken, this.tokenCount);
    this.starts.copyWithin(tailToken, toToken, this.tokenCount);
    if (unitShift !== 0) for (let i = tailToken; i < tokenCount; i++) this.starts[i]! += unitShift;
    this.units.set(run.units.subarray(0, run.unitCount), fromUnit);
    this.ids.set(run.ids.subarray(0, run.tokenCount), fromToken);
    for (let i = 0; i < run.tokenCount; i++) this.starts[fromToken + i] = run.starts[i]! - run.base + fromUnit;
    this.unitCount = unitCount;
    this.tokenCount = tokenCount;
  }

  copyIds(target: Uint32Array, at: number): void {
    const { ids, tokenCount } = this;
    for (let i = 0; i < tokenCount; i++) target[at + i] = ids[i]! & ID_MASK;
  }

  get memoryBytes(): number {
    return this.units.byteLength + this.ids.byteLength + this.starts.byteLength;
  }
}

/** The first `pieces` pieces of an encoded window as a run; `unitCount` is where the last of them ends. */
export function runOfWindow(units: Uint16Array, window: WindowPieces, pieces: number): TokenRun {
  const { pieceEnds, tokenEnds, starts } = window;
  const tokenCount = pieces > 0 ? tokenEnds[pieces - 1]! : 0;
  const ids = window.ids.slice(0, tokenCount);
  let start = 0;
  let token = 0;
  for (let p = 0; p < pieces; p++) {
    const end = tokenEnds[p]!;
    // A piece whose first units gave no token is taken as part of the one before: fewer borders are known, none is wrong.
    if (end > token && starts[token] === start) ids[token]! |= PIECE_START;
    token = end;
    start = pieceEnds[p]!;
  }
  return { units, unitCount: start, ids, starts, tokenCount, base: 0 };
}

/**
 * Neighbouring runs as blocks of about equal size, near `target` units. A border falls on the next token; only where
 * that is far (one token for a very long text) inside one.
 */
export function blocksOf(runs: readonly TokenRun[], target: number): EncodedBlock[] {
  const run = runs.length === 1 ? runs[0]! : joined(runs);
  const count = Math.max(1, Math.round(run.unitCount / target));
  const blocks: EncodedBlock[] = [];
  let unit = 0;
  let token = 0;
  for (let i = 1; unit < run.unitCount; i++) {
    const wish = i >= count ? run.unitCount : Math.max(unit + 1, Math.round((run.unitCount * i) / count));
    const nextToken = wish === run.unitCount ? run.tokenCount : lowerBound(run.starts, run.tokenCount, wish + run.base);
    let end = wish;
    if (nextToken < run.tokenCount && run.starts[nextToken]! - run.base - unit <= 4 * target) {
      end = run.starts[nextToken]! - run.base;
    } else if (end < run.unitCount && splitsPair(run.units, end)) {
      end += 1;
    }
    blocks.push(new EncodedBlock(run, unit, end, token, nextToken));
    unit = end;
    token = nextToken;
  }
  return blocks;
}

export function rawSpan(source: string | Uint16Array, from: number, to: number): RawSpan {
  return { source, from, unitCount: to - from, tokenCount: 0 };
}

/** The units `[from, to)` of a block as text that has to be encoded again. */
export function asRaw(block: Block, from: number, to: number): RawSpan {
  return block instanceof EncodedBlock
    ? rawSpan(block.units, from, to)
    : rawSpan(block.source, block.from + from, block.from + to);
}

/** Copies units `[from, to)` of a block. */
export function copyUnits(block: Block, from: number, to: number, target: Uint16Array, at: number): void {
  const source = block instanceof EncodedBlock ? block.units : block.source;
  const shift = block instanceof EncodedBlock ? 0 : block.from;
  if (typeof source === "string") copyText(source, from + shift, to + shift, target, at);
  else target.set(source.subarray(from + shift, to + shift), at);
}

/** Units `[from, to)` of a block as a string. */
export function textOf(block: Block, from: number, to: number): string {
  const source = block instanceof EncodedBlock ? block.units : block.source;
  const shift = block instanceof EncodedBlock ? 0 : block.from;
  if (typeof source === "string") return source.slice(from + shift, to + shift);
  const parts: string[] = [];
  for (let at = from + shift; at < to + shift; at += STRING_UNITS) {
    const units = source.subarray(at, Math.min(at + STRING_UNITS, to + shift));
    // Ten times faster than spreading, which goes through the iterator.
    parts.push(String.fromCharCode.apply(null, units as unknown as number[]));
  }
  return parts.join("");
}

export function copyText(source: string, from: number, to: number, target: Uint16Array, at: number): void {
  for (let i = from; i < to; i++) target[at + i - from] = source.charCodeAt(i);
}

function joined(runs: readonly TokenRun[]): TokenRun {
  const unitCount = runs.reduce((sum, run) => sum + run.unitCount, 0);
  const tokenCount = runs.reduce((sum, run) => sum + run.tokenCount, 0);
  const units = new Uint16Array(unitCount);
  const ids = new Uint32Array(tokenCount);
  const starts = new Uint32Array(tokenCount);
  let unit = 0;
  let token = 0;
  for (const run of runs) {
    units.set(run.units.subarray(0, run.unitCount), unit);
    ids.set(run.ids.subarray(0, run.tokenCount), token);
    for (let i = 0; i < run.tokenCount; i++) starts[token + i] = run.starts[i]! - run.base + unit;
    unit += run.unitCount;
    token += run.tokenCount;
  }
  return { units, unitCount, ids, starts, tokenCount, base: 0 };
}

function countPieceStarts(ids: Uint32Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) count += ids[i]! >>> 31;
  return count;
}

function lowerBound(values: Uint16Array | Uint32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function splitsPair(units: Uint16Array, at: number): boolean {
  return (units[at - 1]! & 0xfc00) === 0xd800 && (units[at]! & 0xfc00) === 0xdc00;
}

function withSlack(count: number): number {
  return Math.ceil(count * 1.25) + 16;
}

function grown<A extends Uint16Array | Uint32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
