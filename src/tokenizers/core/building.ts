// Fills the tables from the sections of a packed vocabulary (../packedVocabulary.ts describes them).

import { setScanner } from "./encoding";
import { reserve } from "./memory";
import { reserveMerging } from "./merging";
import { addMerge, reservePairTable } from "./pairTable";
import { reservePieceCache } from "./pieceCache";
import { addPiece, PIECE_MOST, reservePieceTable } from "./pieceTable";
import { knowsScanner } from "./scanners/dispatch";
import { reserveByteTokens, setSymbols } from "./symbols";
import { buildClasses } from "./unicode";

let byteTokens: usize = 0;
let cursor: usize = 0;

/**
 * Reserves every table for a vocabulary of that size. Returns where to put the 256 byte tokens; the file goes to
 * `reserveFile`. False (0) when this core has no scanner of that number.
 */
export function initialize(scanner: i32, tokens: u32, merges: u32, tokenBytes: u32, proper: bool): usize {
  if (!knowsScanner(scanner)) return 0;
  setScanner(scanner);
  buildClasses();
  reservePieceTable(tokens, tokenBytes * 2);
  reservePairTable(tokens, merges);
  reservePieceCache();
  reserveMerging(proper);
  byteTokens = reserveByteTokens();
  return byteTokens;
}

function varint(): u32 {
  let value: u32 = 0;
  let shift: u32 = 0;
  while (true) {
    const byte = <u32>load<u8>(cursor++);
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
    shift += 7;
  }
}

/**
 * `lengths`: a varint for each id; `whole`: a bit for each id that may stand for a whole piece; `bytes`: the tokens one
 * after the other; `pairs`: left and right of each merge, three bytes each; `made`: results, zigzag differences.
 */
export function buildTables(
  tokens: u32,
  merges: u32,
  lengths: usize,
  whole: usize,
  bytes: usize,
  pairs: usize,
  made: usize,
  characters: bool,
  unknown: u32,
): void {
  setSymbols(characters, unknown);
  const units = reserve(2 * PIECE_MOST + 64);
  cursor = lengths;
  let at = bytes;
  for (let id: u32 = 0; id < tokens; id++) {
    const length = varint();
    if ((load<u8>(whole + (id >>> 3)) >>> (id & 7)) & 1) {
      const count = decode(at, at + length, units);
      if (count > 0) addPiece(units, count, id);
    }
    at += length;
  }
  cursor = made;
  let result: u32 = 0;
  for (let merge: u32 = 1; merge <= merges; merge++) {
    const difference = varint();
    result += (difference >>> 1) ^ -(difference & 1);
    addMerge(load<u32>(pairs) & 0xffffff, load<u32>(pairs, 3) & 0xffffff, result, merge);
    pairs += 6;
  }
}

/** UTF-8 to at most PIECE_MOST units; returns how many, 0 where the bytes are no UTF-8 or too many. */
function decode(at: usize, end: usize, out: usize): i32 {
  let count: i32 = 0;
  while (at < end) {
    if (count >= PIECE_MOST - 1) return 0;
    const first = <u32>load<u8>(at++);
    if (first < 0x80) {
      putUnit(out, count++, first);
      continue;
    }
    const more: u32 = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || at + more > end) return 0;
    let point = first & (0x3f >>> more);
    for (let k: u32 = 0; k < more; k++) {
      const byte = <u32>load<u8>(at++);
      if ((byte & 0xc0) !== 0x80) return 0;
      point = (point << 6) | (byte & 63);
    }
    if (point < 0x10000) {
      if (more === 3 || (more === 2 && point < 0x800) || (point & 0xfffff800) === 0xd800) return 0;
      putUnit(out, count++, point);
    } else {
      if (point > 0x10ffff) return 0;
      putUnit(out, count++, 0xd7c0 + (point >>> 10));
      putUnit(out, count++, 0xdc00 + (point & 0x3ff));
    }
  }
  return count;
}

function putUnit(out: usize, index: i32, unit: u32): void {
  store<u16>(out + ((<usize>index) << 1), unit);
}
