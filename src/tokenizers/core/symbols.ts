// A piece to its symbols: the tokens that merging starts from, with the unit where each one's code point starts.
import { reserve } from "./memory";
import { findPiece, NONE } from "./pieceTable";
import { text, unit } from "./unicode";

/** By byte: its token. */
let byteTokens: usize = 0;
/** Whether merging starts from code points instead of bytes. */
let fromCharacters: bool = false;
let unknown: u32 = NONE;
/** Whether some byte has no token: such bytes are dropped, as Hugging Face and llama.cpp do. */
let hasGaps: bool = false;

/** By symbol: the token. */
export let symbolTokens: usize = 0;
/** By symbol: the unit in the window where its code point starts. */
export let symbolStarts: usize = 0;

export function reserveByteTokens(): usize {
  byteTokens = reserve(256 << 2);
  return byteTokens;
}

export function setSymbols(characters: bool, unknownToken: u32): void {
  fromCharacters = characters;
  unknown = unknownToken;
  hasGaps = false;
  for (let byte: u32 = 0; byte < 256; byte++) hasGaps = hasGaps || tokenOfByte(byte) === NONE;
}

export function setSymbolBuffers(tokens: usize, starts: usize): void {
  symbolTokens = tokens;
  symbolStarts = starts;
}

@inline
export function tokenOfByte(byte: u32): u32 {
  return load<u32>(byteTokens + ((<usize>byte) << 2));
}

/** Writes the symbols of the piece `[start, end)`; returns how many. */
export function toSymbols(start: i32, end: i32): i32 {
  let count: i32 = 0;
  for (let i = start; i < end; i++) {
    const u = unit(i);
    let point = u;
    const at = i;
    if ((u & 0xfc00) === 0xd800 && i + 1 < end && (unit(i + 1) & 0xfc00) === 0xdc00) {
      point = 0x10000 + ((u & 0x3ff) << 10) + (unit(i + 1) & 0x3ff);
      i++;
    } else if ((u & 0xf800) === 0xd800) point = 0xfffd;
    if (fromCharacters) {
      const token = findPiece(text + ((<usize>at) << 1), i + 1 - at);
      if (token !== NONE || unknown !== NONE) {
        put(count++, token !== NONE ? token : unknown, at);
        continue;
      }
    }
    count = putBytes(count, point, at);
  }
  return hasGaps ? withoutGaps(count) : count;
}

function withoutGaps(count: i32): i32 {
  let kept: i32 = 0;
  for (let i: i32 = 0; i < count; i++) {
    const token = load<u32>(symbolTokens + ((<usize>i) << 2));
    if (token !== NONE) put(kept++, token, load<u32>(symbolStarts + ((<usize>i) << 2)));
  }
  return kept;
}

@inline
function put(index: i32, token: u32, start: i32): void {
  store<u32>(symbolTokens + ((<usize>index) << 2), token);
  store<u32>(symbolStarts + ((<usize>index) << 2), start);
}

@inline
function putBytes(count: i32, point: u32, at: i32): i32 {
  if (point < 0x80) {
    put(count, tokenOfByte(point), at);
    return count + 1;
  }
  if (point < 0x800) {
    put(count, tokenOfByte(0xc0 | (point >>> 6)), at);
    put(count + 1, tokenOfByte(0x80 | (point & 63)), at);
    return count + 2;
  }
  if (point < 0x10000) {
    put(count, tokenOfByte(0xe0 | (point >>> 12)), at);
    put(count + 1, tokenOfByte(0x80 | ((point >>> 6) & 63)), at);
    put(count + 2, tokenOfByte(0x80 | (point & 63)), at);
    return count + 3;
  }
  put(count, tokenOfByte(0xf0 | (point >>> 18)), at);
  put(count + 1, tokenOfByte(0x80 | ((point >>> 12) & 63)), at);
  put(count + 2, tokenOfByte(0x80 | ((point >>> 6) & 63)), at);
  put(count + 3, tokenOfByte(0x80 | (point & 63)), at);
  return count + 4;
}
