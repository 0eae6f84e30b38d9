import type { Block } from "./block";

/**
 * Running sums of units and tokens over the blocks (a Fenwick tree for each): where a unit or a token lies, and how
 * many come before a block, in O(log blocks).
 */
export class Sums {
  private unitTree = new Int32Array(1);
  private tokenTree = new Int32Array(1);
  private size = 0;
  private topBit = 0;
  units = 0;
  tokens = 0;

  /** Counts anew; O(blocks). */
  rebuild(blocks: readonly Block[]): void {
    const size = blocks.length;
    if (size >= this.unitTree.length || size < this.unitTree.length / 4) {
      const room = Math.ceil(size * 1.25) + 1;
      this.unitTree = new Int32Array(room);
      this.tokenTree = new Int32Array(room);
    } else {
      this.unitTree.fill(0, 0, size + 1);
      this.tokenTree.fill(0, 0, size + 1);
    }
    const { unitTree, tokenTree } = this;
    let units = 0;
    let tokens = 0;
    for (let i = 1; i <= size; i++) {
      const block = blocks[i - 1]!;
      units += block.unitCount;
      tokens += block.tokenCount;
      unitTree[i]! += block.unitCount;
      tokenTree[i]! += block.tokenCount;
      const parent = i + (i & -i);
      if (parent <= size) {
        unitTree[parent]! += unitTree[i]!;
        tokenTree[parent]! += tokenTree[i]!;
      }
    }
    this.size = size;
    this.topBit = size > 0 ? 1 << (31 - Math.clz32(size)) : 0;
    this.units = units;
    this.tokens = tokens;
  }

  /** Block `index` has grown by that many units and tokens (shrunk when negative). */
  add(index: number, units: number, tokens: number): void {
    this.units += units;
    this.tokens += tokens;
    for (let i = index + 1; i <= this.size; i += i & -i) {
      this.unitTree[i]! += units;
      this.tokenTree[i]! += tokens;
    }
  }

  /** Units in blocks `[0, index)`. */
  unitsBefore(index: number): number {
    return before(this.unitTree, index);
  }

  /** Tokens in blocks `[0, index)`. */
  tokensBefore(index: number): number {
    return before(this.tokenTree, index);
  }

  /** Index of the block that holds the unit at `offset`; the number of blocks when the offset is the text's length. */
  blockOfUnit(offset: number): number {
    return this.descend(this.unitTree, offset);
  }

  /** Index of the block that holds token `token`. */
  blockOfToken(token: number): number {
    return this.descend(this.tokenTree, token);
  }

  get memoryBytes(): number {
    return this.unitTree.byteLength + this.tokenTree.byteLength;
  }

  /** The largest index whose prefix sum is not above `value`. */
  private descend(tree: Int32Array, value: number): number {
    let index = 0;
    let rest = value;
    for (let bit = this.topBit; bit > 0; bit >>= 1) {
      const next = index + bit;
      if (next <= this.size && tree[next]! <= rest) {
        index = next;
        rest -= tree[next]!;
      }
    }
    return index;
  }
}

function before(tree: Int32Array, index: number): number {
  let sum = 0;
  for (let i = index; i > 0; i -= i & -i) sum += tree[i]!;
  return sum;
}
