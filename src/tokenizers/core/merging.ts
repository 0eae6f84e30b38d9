// Byte-pair merging: symbols to tokens, lowest merge first, leftmost first among equals.
//
// Up to 64 symbols: a linked list and a vector minimum over the merges that are possible now.
// More: window by window. Tokens that are each exact in their window make the exact whole if each two neighbours would
// also stay apart on their own (github/rust-gems, crate `bpe`: "is_valid_token_pair"), so only the seam needs a look; where
// it fails, the token before it is taken back and the window widened. This needs merges in proper order (each later than
// those that make its parts); others go through a heap (heapMerging.ts).
import { heapMerge } from "./heapMerging";
import { reserve } from "./memory";
import { leftOf, mergeOf, ownMergeOf, resultOf, rightOf } from "./pairTable";
import { symbolTokens } from "./symbols";

const SMALL = 64;
/** Windows stay under this; a piece that would need more goes through the heap. */
const WIDEST = 4096;
/** Tokens at the end of a window that are left to the next one. */
const UNSETTLED = 1;
const NO_MERGE: u32 = 0xffffffff;

/** By place in the window: (merge << 6 | place) of the pair that begins there; NO_MERGE where there is none. */
let keys: usize = 0;
let tokens: usize = 0;
let nexts: usize = 0;
let previouses: usize = 0;
/** Result of the last window: tokens, and the symbol where each starts. */
let windowTokens: usize = 0;
let windowSymbols: usize = 0;
/** Result of the piece: tokens, and the symbol where each starts. */
export let mergedTokens: usize = 0;
export let mergedSymbols: usize = 0;
let properOrder: bool = true;

export function reserveMerging(proper: bool): void {
  properOrder = proper;
  keys = reserve(SMALL << 2);
  tokens = reserve(SMALL << 2);
  nexts = reserve(SMALL + 16);
  previouses = reserve(SMALL + 16);
  windowTokens = reserve(WIDEST << 2);
  windowSymbols = reserve(WIDEST << 2);
}

export function setMergedBuffers(mergedTokensAt: usize, mergedSymbolsAt: usize): void {
  mergedTokens = mergedTokensAt;
  mergedSymbols = mergedSymbolsAt;
}

/** Merges `count` symbols (symbols.ts) into mergedTokens and mergedSymbols; returns how many tokens. */
export function merge(count: i32): i32 {
  if (count === 0) return 0;
  if (count <= SMALL) return mergeSmall(0, count, mergedTokens, mergedSymbols);
  return properOrder ? mergeLong(count) : heapMerge(count);
}

@inline
function keyOfPair(left: u32, right: u32, place: i32): u32 {
  const merge = mergeOf(left, right);
  return merge === 0 ? NO_MERGE : (merge << 6) | <u32>place;
}

function mergeSmall(from: i32, count: i32, outTokens: usize, outSymbols: usize): i32 {
  const input = symbolTokens + ((<usize>from) << 2);
  const padded = (count + 3) & ~3;
  let left = load<u32>(input);
  store<u32>(tokens, left);
  for (let i = 0; i + 1 < count; i++) {
    const right = load<u32>(input + ((<usize>i) << 2), 4);
    store<u32>(tokens + ((<usize>i) << 2), right, 4);
    store<u32>(keys + ((<usize>i) << 2), keyOfPair(left, right, i));
    store<u8>(nexts + <usize>i, i + 1);
    store<u8>(previouses + <usize>i, i - 1);
    left = right;
  }
  for (let i = count - 1; i < padded; i++) store<u32>(keys + ((<usize>i) << 2), NO_MERGE);
  store<u8>(nexts + <usize>(count - 1), count);
  store<u8>(previouses + <usize>(count - 1), count - 2);

  const keysEnd = keys + ((<usize>padded) << 2);
  while (true) {
    let least = v128.load(keys);
    for (let k = keys + 16; k < keysEnd; k += 16) least = i32x4.min_u(least, v128.load(k));
    least = i32x4.min_u(least, i8x16.shuffle(least, least, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
    least = i32x4.min_u(least, i8x16.shuffle(least, least, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
    const key = <u32>i32x4.extract_lane(least, 0);
    if (key === NO_MERGE) break;
    const place = <i32>(key & 63);
    const token = resultOf(key >>> 6);
    const gone = <i32>load<u8>(nexts + <usize>place);
    const next = <i32>load<u8>(nexts + <usize>gone);
    store<u32>(tokens + ((<usize>place) << 2), token);
    store<u32>(keys + ((<usize>gone) << 2), NO_MERGE);
    store<u8>(nexts + <usize>place, next);
    if (next < count) {
      store<u8>(previouses + <usize>next, place);
      store<u32>(keys + ((<usize>place) << 2), keyOfPair(token, load<u32>(tokens + ((<usize>next) << 2)), place));
    } else store<u32>(keys + ((<usize>place) << 2), NO_MERGE);
    if (place > 0) {
      const previous = <i32>load<u8>(previouses + <usize>place);
      store<u32>(keys + ((<usize>previous) << 2), keyOfPair(load<u32>(tokens + ((<usize>previous) << 2)), token, previous));
    }
  }
  let out: usize = 0;
  for (let i = 0; i < count; i = <i32>load<u8>(nexts + <usize>i)) {
    store<u32>(outTokens + out, load<u32>(tokens + ((<usize>i) << 2)));
    store<u32>(outSymbols + out, from + i);
    out += 4;
  }
  return <i32>(out >>> 2);
}

/** Merges the window into windowTokens and windowSymbols by sweeps, one for each merge: quick where all are alike. */
function mergeSweeping(from: i32, count: i32): i32 {
  memory.copy(windowTokens, symbolTokens + ((<usize>from) << 2), (<usize>count) << 2);
  for (let i = 0; i < count; i++) store<u32>(windowSymbols + ((<usize>i) << 2), from + i);
  while (true) {
    let least = NO_MERGE;
    for (let i = 0; i + 1 < count; i++) {
      const at = windowTokens + ((<usize>i) << 2);
      const merge = mergeOf(load<u32>(at), load<u32>(at, 4));
      if (merge !== 0 && merge < least) least = merge;
    }
    if (least === NO_MERGE) return count;
    let out: i32 = 0;
    for (let i = 0; i < count; out++) {
      const at = windowTokens + ((<usize>i) << 2);
      const token = load<u32>(at);
      store<u32>(windowSymbols + ((<usize>out) << 2), load<u32>(windowSymbols + ((<usize>i) << 2)));
      if (i + 1 < count && mergeOf(token, load<u32>(at, 4)) === least) {
        store<u32>(windowTokens + ((<usize>out) << 2), resultOf(least));
        i += 2;
      } else {
        store<u32>(windowTokens + ((<usize>out) << 2), token);
        i++;
      }
    }
    count = out;
  }
}

function mergeLong(count: i32): i32 {
  let settled: i32 = 0;
  let from: i32 = 0;
  let width: i32 = SMALL;
  let furthest: i32 = 0;
  while (true) {
    const taken = min(width, count - from);
    let found = taken <= SMALL ? mergeSmall(from, taken, windowTokens, windowSymbols) : mergeSweeping(from, taken);
    const reachesEnd = from + taken === count;
    const last = (<usize>(settled - 1)) << 2;
    const fits = settled === 0 || staysApart(load<u32>(mergedTokens + last), load<u32>(windowTokens));
    if (!fits || (!reachesEnd && found <= UNSETTLED)) {
      if (!fits) {
        settled--;
        from = load<i32>(mergedSymbols + last);
      }
      width *= 2;
      if (width > WIDEST) return heapMerge(count);
      continue;
    }
    if (!reachesEnd) {
      // The last tokens may grow with what follows: they begin the next window.
      found -= UNSETTLED;
      from = load<i32>(windowSymbols + ((<usize>found) << 2));
    }
    memory.copy(mergedTokens + ((<usize>settled) << 2), windowTokens, (<usize>found) << 2);
    memory.copy(mergedSymbols + ((<usize>settled) << 2), windowSymbols, (<usize>found) << 2);
    settled += found;
    if (reachesEnd) return settled;
    // Windows narrow again only beyond the place that asked for wide ones, so that each round gets further.
    if (from > furthest) {
      furthest = from;
      width = max(SMALL, width >> 1);
    }
  }
}

/** Whether the text of two tokens, encoded on its own, is these two tokens. */
export function staysApart(left: u32, right: u32): bool {
  let limit = NO_MERGE;
  while (true) {
    const merge = mergeOf(left, right);
    if (merge !== 0 && merge < limit) return false;
    const ofLeft = ownMergeOf(left);
    const ofRight = ownMergeOf(right);
    if (ofLeft > ofRight) {
      limit = ofLeft;
      left = rightOf(left);
    } else if (ofRight === 0) return true;
    else {
      limit = ofRight + 1;
      right = leftOf(right);
    }
  }
}
