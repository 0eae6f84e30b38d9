// A window of text to pieces and tokens. The window's buffers lie at the end of memory and grow with it.
import { release, reserve } from "./memory";
import { merge, mergedSymbols, mergedTokens, setMergedBuffers } from "./merging";
import { findMerged, firstTokenInEntry, keepMerged, tokensInEntry } from "./pieceCache";
import { findPiece, NONE, pieceHash, setPieceHash } from "./pieceTable";
import { scanPieces } from "./scanners/dispatch";
import { setSymbolBuffers, symbolStarts, toSymbols } from "./symbols";
import { setText, text } from "./unicode";

/** Units after the text that may be read: low surrogates, which every scanner stops at. */
const PADDING = 32;
const SENTINEL: u16 = 0xdc00;

let scanner: i32 = 0;
let base: usize = 0;
let pieceEnds: usize = 0;
let tokenEnds: usize = 0;
let ids: usize = 0;
let starts: usize = 0;
let found: i32 = 0;

export function setScanner(kind: i32): void {
  scanner = kind;
}

/** Reserves room for a packed vocabulary's sections until the tables are built; the window's buffers take it over. */
export function reserveFile(bytes: usize): usize {
  base = reserve(bytes + 64);
  return base;
}

/** Makes room for windows of up to `units`; what the buffers held is lost. */
export function reserveWindow(units: i32): void {
  release(base);
  const n = <usize>units + 16;
  setText(reserve((n + PADDING) << 1));
  pieceEnds = reserve(n << 2);
  tokenEnds = reserve(n << 2);
  // A unit is three bytes at most, and a byte one token.
  ids = reserve(n * 12);
  starts = reserve(n * 12);
  setSymbolBuffers(reserve(n * 12), reserve(n * 12));
  setMergedBuffers(reserve(n * 12), reserve(n * 12));
}

export function textPointer(): usize {
  return text;
}
export function pieceEndsPointer(): usize {
  return pieceEnds;
}
export function tokenEndsPointer(): usize {
  return tokenEnds;
}
export function idsPointer(): usize {
  return ids;
}
export function startsPointer(): usize {
  return starts;
}
/** Number of tokens that the last `encodeWindow` found. */
export function tokensFound(): i32 {
  return found;
}

/**
 * Encodes the `length` units at textPointer(): pieceEnds and tokenEnds by piece, ids and starts by token, starts counted
 * from `offset`. Returns the number of pieces: all that no following text could change, or all if `atTextEnd`.
 */
export function encodeWindow(length: i32, atTextEnd: bool, offset: i32): i32 {
  for (let i = 0; i < PADDING; i++) store<u16>(text + ((<usize>(length + i)) << 1), SENTINEL);
  const pieces = scanPieces(scanner, length, atTextEnd, pieceEnds);
  const units = text;
  const idsAt = ids;
  const startsAt = starts;
  let count: usize = 0;
  let start: i32 = 0;
  for (let p: usize = 0; p < (<usize>pieces) << 2; p += 4) {
    const end = load<i32>(pieceEnds + p);
    const at = units + ((<usize>start) << 1);
    const token = end - start < 1024 ? findPiece(at, end - start) : NONE;
    if (token !== NONE) {
      store<u32>(idsAt + count, token);
      store<i32>(startsAt + count, start + offset);
      count += 4;
    } else count = mergePiece(start, end, offset, count);
    store<u32>(tokenEnds + p, <u32>(count >>> 2));
    start = end;
  }
  found = <i32>(count >>> 2);
  return pieces;
}

/** Writes the tokens of a piece that is no token at byte `count` of ids and starts; returns where they end. */
function mergePiece(start: i32, end: i32, offset: i32, count: usize): usize {
  const at = text + ((<usize>start) << 1);
  const length = end - start;
  const idsOut = ids + count;
  const startsOut = starts + count;
  const known = length < 1024 ? findMerged(at, length) : 0;
  if (known !== 0) {
    const size = (<usize>tokensInEntry(known)) << 2;
    const from = firstTokenInEntry(known, length);
    for (let i: usize = 0; i < size; i += 4) {
      const token = load<u32>(from + i);
      store<u32>(idsOut + i, token & 0xfffff);
      store<i32>(startsOut + i, start + offset + <i32>(token >>> 20));
    }
    return count + size;
  }
  const hash = pieceHash;
  const symbols = toSymbols(start, end);
  setPieceHash(hash);
  const size = (<usize>merge(symbols)) << 2;
  for (let i: usize = 0; i < size; i += 4) {
    store<u32>(idsOut + i, load<u32>(mergedTokens + i));
    const symbol = <usize>load<u32>(mergedSymbols + i);
    store<i32>(startsOut + i, load<i32>(symbolStarts + (symbol << 2)) + offset);
  }
  if (length < 1024) keepMerged(at, length, start + offset, idsOut, startsOut, <i32>(size >>> 2));
  return count + size;
}
