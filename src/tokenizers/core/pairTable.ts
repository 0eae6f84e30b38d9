// Two neighbouring tokens to the merge that joins them. Merges are numbered from 1 in the order they are made in;
// 0 is none. A small filter of bits answers most questions about pairs that never merge without touching the table.
import { reserve } from "./memory";

const K: u64 = 0x9e3779b97f4a7c15;
const FILTER_BITS: u64 = 21;

let slots: usize = 0;
let slotMask: u32 = 0;
let slotShift: u64 = 0;
let filter: usize = 0;
/** By token: left part, right part, number of its own merge (0: what merging starts from), unused. */
let parts: usize = 0;
/** By merge: the token it makes. */
let results: usize = 0;

export function reservePairTable(tokens: u32, merges: u32): void {
  let bits: u32 = 12;
  while ((<u32>1) << bits < merges + (merges >>> 1)) bits++;
  slotMask = ((<u32>1) << bits) - 1;
  slotShift = 64 - bits;
  slots = reserve((<usize>8) << bits);
  filter = reserve((<usize>1) << <usize>(FILTER_BITS - 3));
  parts = reserve((<usize>tokens) << 4);
  results = reserve((<usize>merges + 1) << 2);
}

/** Number of the merge of the neighbours `left` and `right`, or 0. */
@inline
export function mergeOf(left: u32, right: u32): u32 {
  const pair = ((<u64>left) << 20) | <u64>right;
  const hash = pair * K;
  const bit = <u32>((hash << 20) >>> (64 - FILTER_BITS));
  if (((load<u32>(filter + <usize>(bit >>> 5 << 2)) >>> (bit & 31)) & 1) === 0) return 0;
  return lookUp(pair, hash);
}

function lookUp(pair: u64, hash: u64): u32 {
  let slot = <u32>(hash >>> slotShift);
  while (true) {
    const found = load<u64>(slots + ((<usize>slot) << 3));
    if (found >>> 24 === pair) return <u32>found & 0xffffff;
    if (found === 0) return 0;
    slot = (slot + 1) & slotMask;
  }
}

/** Adds a merge. The first one that makes a token is the token's own. */
export function addMerge(left: u32, right: u32, result: u32, merge: u32): void {
  const pair = ((<u64>left) << 20) | <u64>right;
  const hash = pair * K;
  const bit = <u32>((hash << 20) >>> (64 - FILTER_BITS));
  const word = filter + <usize>(bit >>> 5 << 2);
  store<u32>(word, load<u32>(word) | (1 << (bit & 31)));
  let slot = <u32>(hash >>> slotShift);
  while (load<u64>(slots + ((<usize>slot) << 3)) !== 0) slot = (slot + 1) & slotMask;
  store<u64>(slots + ((<usize>slot) << 3), (pair << 24) | <u64>merge);
  store<u32>(results + ((<usize>merge) << 2), result);
  const part = parts + ((<usize>result) << 4);
  if (load<u32>(part, 8) !== 0) return;
  store<u32>(part, left);
  store<u32>(part, right, 4);
  store<u32>(part, merge, 8);
}

@inline
export function resultOf(merge: u32): u32 {
  return load<u32>(results + ((<usize>merge) << 2));
}

@inline
export function leftOf(token: u32): u32 {
  return load<u32>(parts + ((<usize>token) << 4));
}

@inline
export function rightOf(token: u32): u32 {
  return load<u32>(parts + ((<usize>token) << 4), 4);
}

@inline
export function ownMergeOf(token: u32): u32 {
  return load<u32>(parts + ((<usize>token) << 4), 8);
}
