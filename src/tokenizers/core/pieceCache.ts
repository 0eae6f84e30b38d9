// Pieces that were merged before: an index of hashes into a ring of entries, the oldest overwritten first.
//
// Index slot: the piece's hash (32 bits) and the entry's place, counted in words since the beginning of time.
// Entry: length | tokens << 16, the units in whole words of 8 bytes, then a word of id | start << 20 for each token.
import { reserve } from "./memory";
import { pieceHash, sameUnits } from "./pieceTable";

const INDEX_BITS: u64 = 16;
const RING_WORDS: u32 = 1 << 20;
/** Pieces longer than this are not kept. */
const LONGEST = 64;

let index: usize = 0;
let ring: usize = 0;
let written: u32 = 0;

export function reservePieceCache(): void {
  index = reserve((<usize>8) << <usize>INDEX_BITS);
  ring = reserve((<usize>RING_WORDS) << 2);
  written = RING_WORDS;
}

@inline
function slotOfHash(): usize {
  return index + (<usize>(pieceHash >>> (64 - INDEX_BITS)) << 3);
}

/** Address of the entry for the piece of `length` units at `at`, whose hash findPiece has left; 0 if there is none. */
export function findMerged(at: usize, length: i32): usize {
  const slot = slotOfHash();
  const place = load<u32>(slot, 4);
  if (load<u32>(slot) !== <u32>pieceHash || written - place > RING_WORDS || place === 0) return 0;
  const entry = ring + ((<usize>(place & (RING_WORDS - 1))) << 2);
  if ((load<u32>(entry) & 0xffff) !== <u32>length) return 0;
  return sameUnits(at, entry + 8, length) ? entry : 0;
}

@inline
export function tokensInEntry(entry: usize): i32 {
  return <i32>(load<u32>(entry) >>> 16);
}

@inline
export function firstTokenInEntry(entry: usize, length: i32): usize {
  return entry + 8 + ((((<usize>length) << 1) + 7) & ~(<usize>7));
}

/** Keeps the `count` tokens at `ids` and `starts` for the piece of `length` units at `at` that begins at unit `start`. */
export function keepMerged(at: usize, length: i32, start: i32, ids: usize, starts: usize, count: i32): void {
  if (length > LONGEST) return;
  const unitWords = ((<u32>length + 3) >>> 2) << 1;
  const words = (3 + unitWords + <u32>count) & ~1;
  if ((written & (RING_WORDS - 1)) + words > RING_WORDS) written = (written + RING_WORDS - 1) & ~(RING_WORDS - 1);
  if (written > 0x7fffffff) {
    memory.fill(index, 0, (<usize>8) << <usize>INDEX_BITS);
    written = RING_WORDS;
  }
  const slot = slotOfHash();
  store<u32>(slot, <u32>pieceHash);
  store<u32>(slot, written, 4);
  const entry = ring + ((<usize>(written & (RING_WORDS - 1))) << 2);
  store<u32>(entry, <u32>length | (<u32>count << 16));
  memory.copy(entry + 8, at, (<usize>length) << 1);
  const out = firstTokenInEntry(entry, length);
  for (let i: usize = 0; i < (<usize>count) << 2; i += 4)
    store<u32>(out + i, load<u32>(ids + i) | ((load<u32>(starts + i) - start) << 20));
  written += words;
}
