// A whole piece to its token: open addressing over slots of 16 bytes, compared as one vector.
//
//   short ASCII  up to 12 units   the bytes, zero padded
//   short        up to 6 units    the UTF-16 units, zero padded
//   long         up to 1,023      a 64-bit hash, then where the units lie in the pool, where they are verified
//
// Lane 3 holds form (2 bits), length in units (10 bits) and token id (20 bits); 0 is an empty slot.
import { reserve } from "./memory";

const ASCII_FORM: u32 = 1 << 30;
const UNITS_FORM: u32 = 2 << 30;
const LONG_FORM: u32 = 3 << 30;
const LENGTH_SHIFT: u32 = 20;
const ID_MASK: u32 = 0xfffff;
const ASCII_MOST = 12;
const UNITS_MOST = 6;
export const PIECE_MOST = 1023;
/** No token. */
export const NONE: u32 = 0xffffffff;

const K1: u64 = 0x9e3779b97f4a7c15;
const K2: u64 = 0xc2b2ae3d27d4eb4f;

let slots: usize = 0;
let slotMask: u32 = 0;
let slotShift: u64 = 0;
let pool: usize = 0;
let poolEnd: usize = 0;
/** Masks that keep the first n units of 16, n from 0 to 16: two vectors each. */
let masks: usize = 0;
/** The hash that the last `findPiece` computed: the piece cache goes on with it. */
export let pieceHash: u64 = 0;

/** For callers that look up something else before they are done with a piece. */
export function setPieceHash(hash: u64): void {
  pieceHash = hash;
}

export function reservePieceTable(tokens: u32, poolBytes: u32): void {
  let bits: u32 = 12;
  while ((<u32>1) << bits < tokens * 2) bits++;
  slotMask = ((<u32>1) << bits) - 1;
  slotShift = 64 - bits;
  slots = reserve((<usize>16) << bits);
  pool = poolEnd = reserve(poolBytes + 16);
  masks = reserve(17 * 32);
  for (let n = 0; n <= 16; n++) memory.fill(masks + n * 32, 0xff, n * 2);
}

// The key of a piece in a slot's shape, without id; sets pieceHash.
@inline
function keyOf(at: usize, length: i32): v128 {
  if (length <= ASCII_MOST) {
    const mask = masks + ((<usize>length) << 5);
    const a = v128.and(v128.load(at), v128.load(mask));
    const b = v128.and(v128.load(at, 16), v128.load(mask, 16));
    if (!v128.any_true(v128.and(v128.or(a, b), i16x8.splat(<i16>0xff80)))) {
      const key = i32x4.replace_lane(i8x16.narrow_i16x8_u(a, b), 3, <i32>(ASCII_FORM | (<u32>length << LENGTH_SHIFT)));
      mix(key);
      return key;
    }
    if (length <= UNITS_MOST) {
      const key = i32x4.replace_lane(a, 3, <i32>(UNITS_FORM | (<u32>length << LENGTH_SHIFT)));
      mix(key);
      return key;
    }
  }
  return longKey(at, length);
}

@inline
function mix(key: v128): void {
  const h = <u64>i64x2.extract_lane(key, 0) * K1 + <u64>i64x2.extract_lane(key, 1) * K2;
  pieceHash = (h ^ (h >>> 32)) * K1;
}

function longKey(at: usize, length: i32): v128 {
  let h: u64 = <u64>length * K2;
  let k = at;
  const whole = at + (((<usize>length) << 1) & ~(<usize>7));
  for (; k < whole; k += 8) {
    h = (h ^ load<u64>(k)) * K1;
    h ^= h >>> 29;
  }
  const rest = (length & 3) << 4;
  if (rest !== 0) {
    h = (h ^ (load<u64>(k) & (((<u64>1) << rest) - 1))) * K1;
    h ^= h >>> 29;
  }
  pieceHash = h * K2;
  return i32x4.replace_lane(i64x2.splat(<i64>h), 3, <i32>(LONG_FORM | (<u32>length << LENGTH_SHIFT)));
}

@inline
function slotOf(hash: u64): usize {
  return slots + (<usize>(hash >>> slotShift) << 4);
}

@inline
function following(slot: usize): usize {
  const next = slot + 16;
  return next === slots + ((<usize>slotMask + 1) << 4) ? slots : next;
}

/** Token of the piece of `length` units at `at`, or NONE. Reads up to 32 bytes from `at`. */
@inline
export function findPiece(at: usize, length: i32): u32 {
  const key = keyOf(at, length);
  const isLong = <u32>i32x4.extract_lane(key, 3) >= LONG_FORM;
  const compared = isLong ? i32x4(-1, -1, 0, <i32>~ID_MASK) : i32x4(-1, -1, -1, <i32>~ID_MASK);
  let slot = slotOf(pieceHash);
  while (true) {
    const found = v128.load(slot);
    if (!v128.any_true(v128.and(v128.xor(found, key), compared))) {
      if (!isLong || sameUnits(pool + <usize><u32>i32x4.extract_lane(found, 2), at, length))
        return <u32>i32x4.extract_lane(found, 3) & ID_MASK;
    }
    if (i32x4.extract_lane(found, 3) === 0) return NONE;
    slot = following(slot);
  }
}

/** Whether `length` units at `a` and `b` are the same. */
export function sameUnits(a: usize, b: usize, length: i32): bool {
  const whole = a + (((<usize>length) << 1) & ~(<usize>7));
  while (a < whole) {
    if (load<u64>(a) !== load<u64>(b)) return false;
    a += 8;
    b += 8;
  }
  const rest = (length & 3) << 4;
  return rest === 0 || (load<u64>(a) ^ load<u64>(b)) << (64 - rest) === 0;
}

/** Adds a token whose text is the `length` units at `at`, followed by 32 readable bytes. */
export function addPiece(at: usize, length: i32, id: u32): void {
  let key = keyOf(at, length);
  if (<u32>i32x4.extract_lane(key, 3) >= LONG_FORM) {
    key = i32x4.replace_lane(key, 2, <i32>(poolEnd - pool));
    memory.copy(poolEnd, at, (<usize>length) << 1);
    poolEnd += (((<usize>length) << 1) + 7) & ~(<usize>7);
  }
  let slot = slotOf(pieceHash);
  while (load<u32>(slot, 12) !== 0) slot = following(slot);
  v128.store(slot, i32x4.replace_lane(key, 3, i32x4.extract_lane(key, 3) | <i32>id));
}
