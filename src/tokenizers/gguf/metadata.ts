import { TokenizerError } from "../tokenizer";
import { ByteCursor, type RangeReader } from "./byteCursor";

// GGUF versions 2 and 3: magic, version, tensor count, count of key-value pairs, then the pairs: key (string), type (u32),
// value. A string is a u64 length and UTF-8; an array an element type, a u64 count and the elements.
// Specification: ggml-org/ggml, docs/gguf.md.

const MAGIC = 0x46554747; // "GGUF"
const STRING = 8;
const ARRAY = 9;
/** Bytes of a value of each type; 0 for strings and arrays. */
const TYPE_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];

/** Far above what any file has, far below what would hurt. */
const MOST_PAIRS = 100_000;
const LONGEST_KEY = 65_535;
const LONGEST_STRING = 16 << 20;
const MOST_ELEMENTS = 8_000_000;
const MOST_DEPTH = 4;

export type GgufValue = number | boolean | string | readonly GgufValue[] | Float32Array | Int32Array;

/**
 * Reads those metadata of a GGUF file whose keys `wanted` accepts, and nothing of the tensors.
 *
 * Counts and lengths are checked against the file's size before anything is reserved. Throws TokenizerError for files that
 * are no GGUF, damaged or cut short.
 */
export async function readGgufMetadata(
  file: RangeReader,
  wanted: (key: string) => boolean,
): Promise<Map<string, GgufValue>> {
  const cursor = new ByteCursor(file);
  const { pairs } = await readGgufHeader(cursor);
  const found = new Map<string, GgufValue>();
  for (let i = 0; i < pairs; i++) {
    const { key, type } = await readGgufKey(cursor, i);
    if (wanted(key)) found.set(key, await readValue(cursor, type, key, 0));
    else await skipGgufValue(cursor, type, key);
  }
  return found;
}

/** Reads what stands before the metadata: the version and how many tensors and key-value pairs follow. */
export async function readGgufHeader(cursor: ByteCursor): Promise<{ version: number; tensors: number; pairs: number }> {
  if (cursor.remaining < 24) throw new TokenizerError(`This is no GGUF file: it has only ${cursor.remaining} bytes.`);
  await cursor.need(24, "its header");
  if (cursor.u32() !== MAGIC) throw new TokenizerError("This is no GGUF file: it does not begin with GGUF.");
  const version = cursor.u32();
  checkVersion(version);
  const tensors = cursor.u64();
  const pairs = cursor.u64();
  // A key, a type and a value take 13 bytes at least.
  if (pairs > MOST_PAIRS || pairs * 13 > cursor.remaining) throw tooMany("metadata entries", pairs);
  return { version, tensors, pairs };
}

/** Reads the key and the type of the pair of this index; its value follows. */
export async function readGgufKey(cursor: ByteCursor, index: number): Promise<{ key: string; type: number }> {
  const key = await readGgufString(cursor, LONGEST_KEY, `the key of metadata entry ${index + 1}`);
  await cursor.need(4, `the type of "${key}"`);
  return { key, type: cursor.u32() };
}

function checkVersion(version: number): void {
  if (version === 2 || version === 3) return;
  if (version === 0x02000000 || version === 0x03000000) {
    throw new TokenizerError(
      "This GGUF file is big-endian, made for another kind of machine. Get the little-endian one.",
    );
  }
  if (version === 1) throw new TokenizerError("This GGUF file has the old version 1. Convert it again with llama.cpp.");
  throw new TokenizerError(`This GGUF file has the unknown version ${version}; 2 and 3 can be read.`);
}

/** Reads a text of at most `most` bytes; `what` says what it is, for errors. */
export async function readGgufString(cursor: ByteCursor, most: number, what: string): Promise<string> {
  await cursor.need(8, what);
  const length = cursor.u64();
  if (length > most || length > cursor.remaining) throw tooMany(`bytes in ${what}`, length);
  await cursor.need(length, what);
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(cursor.bytes(length));
}

async function readValue(cursor: ByteCursor, type: number, key: string, depth: number): Promise<GgufValue> {
  if (type === STRING) return readGgufString(cursor, LONGEST_STRING, `"${key}"`);
  if (type !== ARRAY) return readGgufNumber(cursor, type, key);
  const { elementType, count } = await readGgufArrayHead(cursor, key, depth);
  if (elementType === STRING) return readStrings(cursor, count, key);
  if (elementType === ARRAY) {
    const values: GgufValue[] = [];
    for (let i = 0; i < count; i++) values.push(await readValue(cursor, ARRAY, key, depth + 1));
    return values;
  }
  await cursor.need(count * sizeOf(elementType, key), `"${key}"`);
  const numbers = elementType === 6 ? new Float32Array(count) : elementType === 5 ? new Int32Array(count) : undefined;
  const values = numbers ?? new Array<GgufValue>(count);
  for (let i = 0; i < count; i++) values[i] = readNumber(cursor, elementType) as number;
  return values;
}

async function readStrings(cursor: ByteCursor, count: number, key: string): Promise<string[]> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const strings: string[] = [];
  for (let i = 0; i < count; i++) {
    if (!cursor.ready(8)) await cursor.need(8, `"${key}"`);
    const length = cursor.u64();
    if (length > LONGEST_STRING || length > cursor.remaining) throw tooMany(`bytes in entry ${i} of "${key}"`, length);
    if (!cursor.ready(length)) await cursor.need(length, `entry ${i} of "${key}"`);
    strings.push(decoder.decode(cursor.bytes(length)));
  }
  return strings;
}

/** Reads a number or a truth value of this type. */
export async function readGgufNumber(cursor: ByteCursor, type: number, key: string): Promise<number | boolean> {
  await cursor.need(sizeOf(type, key), `"${key}"`);
  return readNumber(cursor, type);
}

function readNumber(cursor: ByteCursor, type: number): number | boolean {
  switch (type) {
    case 0:
      return cursor.u8();
    case 1:
      return (cursor.u8() << 24) >> 24;
    case 2:
      return cursor.u16();
    case 3:
      return (cursor.u16() << 16) >> 16;
    case 4:
      return cursor.u32();
    case 5:
      return cursor.i32();
    case 6:
      return cursor.f32();
    case 7:
      return cursor.u8() !== 0;
    case 10:
      return cursor.u64();
    case 11: {
      const low = cursor.u32();
      return low + cursor.i32() * 2 ** 32;
    }
    default:
      return cursor.f64();
  }
}

/** Steps over a value of this type. */
export async function skipGgufValue(cursor: ByteCursor, type: number, key: string, depth = 0): Promise<void> {
  if (type === STRING) return skipGgufElements(cursor, STRING, 1, key, depth);
  if (type !== ARRAY) return skipBytes(cursor, sizeOf(type, key), key);
  const { elementType, count } = await readGgufArrayHead(cursor, key, depth);
  await skipGgufElements(cursor, elementType, count, key, depth);
}

/** Steps over `count` elements of an array, whose head has been read. */
export async function skipGgufElements(
  cursor: ByteCursor,
  elementType: number,
  count: number,
  key: string,
  depth = 0,
): Promise<void> {
  const size = sizeOf(elementType, key);
  if (size > 0) return skipBytes(cursor, count * size, key);
  for (let i = 0; i < count; i++) {
    if (elementType === ARRAY) await skipGgufValue(cursor, ARRAY, key, depth + 1);
    else {
      // Hundreds of thousands of short texts follow each other: waiting for each would hold up the host.
      if (!cursor.ready(8)) await cursor.need(8, `"${key}"`);
      skipBytes(cursor, cursor.u64(), key);
    }
  }
}

function skipBytes(cursor: ByteCursor, length: number, key: string): void {
  if (length > cursor.remaining) throw tooMany(`bytes in "${key}"`, length);
  cursor.skip(length);
}

/** Reads the type of an array's elements and their number, checked against the file's size. */
export async function readGgufArrayHead(cursor: ByteCursor, key: string, depth = 0) {
  if (depth >= MOST_DEPTH) throw new TokenizerError(`The GGUF file is damaged: "${key}" has lists nested too deeply.`);
  await cursor.need(12, `"${key}"`);
  const elementType = cursor.u32();
  const count = cursor.u64();
  // A string takes 8 bytes at least, a list 12.
  const least = elementType === STRING ? 8 : elementType === ARRAY ? 12 : sizeOf(elementType, key);
  if (count > MOST_ELEMENTS || count * least > cursor.remaining) throw tooMany(`elements in "${key}"`, count);
  return { elementType, count };
}

function sizeOf(type: number, key: string): number {
  const size = TYPE_BYTES[type];
  if (size === undefined) throw new TokenizerError(`The GGUF file is damaged: "${key}" has the unknown type ${type}.`);
  return size;
}

function tooMany(what: string, count: number): TokenizerError {
  return new TokenizerError(
    `The GGUF file is damaged or cut short: it claims ${count.toLocaleString("en")} ${what}, more than it can hold.`,
  );
}
