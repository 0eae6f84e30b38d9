import { readFileSync, writeFileSync } from "node:fs";

/** Bytes of GGUF's scalar value types; 8 is a text, 9 a list. */
const SCALARS: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const F32 = 0;
const Q8_0 = 8;
const ALIGNMENT = 32;

/**
 * Writes a Q8_0 GGUF anew with the same weights as float32, so that llama.cpp computes without rounding to 8 bits: a Q8_0
 * weight is a 16-bit scale times a whole number, which float32 holds exactly.
 */
export function writeFloat32(from: string, to: string): void {
  const file = readFileSync(from);
  let at = 0;
  const skip = (bytes: number): number => {
    at += bytes;
    return at - bytes;
  };
  const u32 = () => file.readUInt32LE(skip(4));
  const u64 = () => Number(file.readBigUInt64LE(skip(8)));
  const skipText = () => skip(u64());
  const skipValue = (type: number): void => {
    const size = SCALARS[type];
    if (size !== undefined) skip(size);
    else if (type === 8) skipText();
    else {
      const element = u32();
      for (let left = u64(); left > 0; left--) skipValue(element);
    }
  };
  at = 8; // magic, version
  const tensorCount = u64();
  for (let left = u64(); left > 0; left--) {
    skipText();
    skipValue(u32());
  }
  const metadata = file.subarray(0, at);
  const tensors = Array.from({ length: tensorCount }, () => {
    const start = at;
    skipText();
    const name = file.subarray(start, at);
    const dims = Array.from({ length: u32() }, u64);
    return { name, dims, count: dims.reduce((a, b) => a * b, 1), type: u32(), offset: u64() };
  });
  const base = aligned(at);
  const infos: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const { name, dims, count, type, offset: source } of tensors) {
    const values = floats(file, base + source, count, type);
    infos.push(name, u32s(dims.length), ...dims.map(u64s), u32s(F32), u64s(offset));
    data.push(values, Buffer.alloc(aligned(values.length) - values.length));
    offset += aligned(values.length);
  }
  const head = Buffer.concat([metadata, ...infos]);
  writeFileSync(to, Buffer.concat([head, Buffer.alloc(aligned(head.length) - head.length), ...data]));
}

function floats(file: Buffer, start: number, count: number, type: number): Buffer {
  if (type === F32) return file.subarray(start, start + count * 4);
  if (type !== Q8_0) throw new Error(`A tensor of type ${type}: this helper knows F32 and Q8_0.`);
  const out = new Float32Array(count);
  for (let block = 0; block < count / 32; block++) {
    const from = start + block * 34;
    const scale = half(file.readUInt16LE(from));
    for (let i = 0; i < 32; i++) out[block * 32 + i] = scale * file.readInt8(from + 2 + i);
  }
  return Buffer.from(out.buffer);
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

const aligned = (size: number) => Math.ceil(size / ALIGNMENT) * ALIGNMENT;
const u32s = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const u64s = (value: number) => Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
