// Byte-pair merging with a heap, for pieces of any length and merges in any order: n log n.
import { release, reserve } from "./memory";
import { mergedSymbols, mergedTokens } from "./merging";
import { mergeOf, resultOf } from "./pairTable";
import { symbolTokens } from "./symbols";

const GONE: u32 = 0xffffffff;

/** Entries of the heap: merge << 32 | place. */
let heap: usize = 0;
let heapSize: i32 = 0;

/** Merges the first `count` symbols into mergedTokens and mergedSymbols; returns how many tokens. */
export function heapMerge(count: i32): i32 {
  const bytes = (<usize>count) << 2;
  const tokens = reserve(bytes);
  const nexts = reserve(bytes);
  const previouses = reserve(bytes);
  // Each merge takes one entry off for good and adds at most two.
  heap = reserve(bytes * 6 + 64);
  heapSize = 0;
  memory.copy(tokens, symbolTokens, bytes);
  for (let i = 0; i < count; i++) {
    store<i32>(nexts + ((<usize>i) << 2), i + 1);
    store<i32>(previouses + ((<usize>i) << 2), i - 1);
    if (i + 1 < count) pushPair(load<u32>(tokens + ((<usize>i) << 2)), load<u32>(tokens + ((<usize>i) << 2), 4), i);
  }
  while (heapSize > 0) {
    const entry = pop();
    const place = <i32>entry;
    const merge = <u32>(entry >>> 32);
    const at = (<usize>place) << 2;
    const gone = load<i32>(nexts + at);
    if (load<u32>(tokens + at) === GONE || gone >= count) continue;
    const goneAt = (<usize>gone) << 2;
    if (mergeOf(load<u32>(tokens + at), load<u32>(tokens + goneAt)) !== merge) continue;
    const token = resultOf(merge);
    store<u32>(tokens + at, token);
    store<u32>(tokens + goneAt, GONE);
    const next = load<i32>(nexts + goneAt);
    store<i32>(nexts + at, next);
    if (next < count) {
      store<i32>(previouses + ((<usize>next) << 2), place);
      pushPair(token, load<u32>(tokens + ((<usize>next) << 2)), place);
    }
    const previous = load<i32>(previouses + at);
    if (previous >= 0) pushPair(load<u32>(tokens + ((<usize>previous) << 2)), token, previous);
  }
  let out: usize = 0;
  for (let i = 0; i < count; i = load<i32>(nexts + ((<usize>i) << 2))) {
    store<u32>(mergedTokens + out, load<u32>(tokens + ((<usize>i) << 2)));
    store<u32>(mergedSymbols + out, i);
    out += 4;
  }
  release(tokens);
  return <i32>(out >>> 2);
}

function pushPair(left: u32, right: u32, place: i32): void {
  const merge = mergeOf(left, right);
  if (merge === 0) return;
  const entry = ((<u64>merge) << 32) | <u64>place;
  let i = heapSize++;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = load<u64>(heap + ((<usize>parent) << 3));
    if (above <= entry) break;
    store<u64>(heap + ((<usize>i) << 3), above);
    i = parent;
  }
  store<u64>(heap + ((<usize>i) << 3), entry);
}

function pop(): u64 {
  const least = load<u64>(heap);
  const entry = load<u64>(heap + ((<usize>--heapSize) << 3));
  let i: i32 = 0;
  while (true) {
    let child = 2 * i + 1;
    if (child >= heapSize) break;
    let value = load<u64>(heap + ((<usize>child) << 3));
    if (child + 1 < heapSize) {
      const other = load<u64>(heap + ((<usize>child) << 3), 8);
      if (other < value) {
        value = other;
        child++;
      }
    }
    if (value >= entry) break;
    store<u64>(heap + ((<usize>i) << 3), value);
    i = child;
  }
  store<u64>(heap + ((<usize>i) << 3), entry);
  return least;
}
