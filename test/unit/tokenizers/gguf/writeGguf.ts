import type { RangeReader } from "../../../../src/tokenizers/gguf/byteCursor";

/** A metadata value with its GGUF type. */
export type Field =
  | { readonly u32: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly i32s: readonly number[] }
  | { readonly f32s: readonly number[] }
  | { readonly raw: Uint8Array };

/** The bytes of a GGUF file, version 3, with these metadata and no tensors. */
export function writeGguf(fields: Readonly<Record<string, Field>>, pairs = Object.keys(fields).length): Uint8Array {
  const parts = [ascii("GGUF"), u32(3), u64(0), u64(pairs)];
  for (const [key, field] of Object.entries(fields)) parts.push(text(key), value(field));
  return join(parts);
}

function value(field: Field): Uint8Array {
  if ("u32" in field) return join([u32(4), u32(field.u32)]);
  if ("bool" in field) return join([u32(7), Uint8Array.of(field.bool ? 1 : 0)]);
  if ("text" in field) return join([u32(8), text(field.text)]);
  if ("texts" in field) return join([u32(9), u32(8), u64(field.texts.length), ...field.texts.map(text)]);
  if ("i32s" in field)
    return join([u32(9), u32(5), u64(field.i32s.length), new Uint8Array(Int32Array.from(field.i32s).buffer)]);
  if ("f32s" in field)
    return join([u32(9), u32(6), u64(field.f32s.length), new Uint8Array(Float32Array.from(field.f32s).buffer)]);
  return field.raw;
}

export function u32(number: number): Uint8Array {
  return new Uint8Array(Uint32Array.of(number).buffer);
}

export function u64(number: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(number)).buffer);
}

export function text(string: string): Uint8Array {
  const bytes = new TextEncoder().encode(string);
  return join([u64(bytes.length), bytes]);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

function ascii(string: string): Uint8Array {
  return new TextEncoder().encode(string);
}

/** Reads from bytes in memory and keeps count of what was asked for. */
export class MemoryReader implements RangeReader {
  bytesRead = 0;

  constructor(
    private readonly bytes: Uint8Array,
    readonly size = bytes.length,
  ) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    if (offset < 0 || offset + length > this.size)
      throw new Error(`asked for [${offset}, ${offset + length}) of ${this.size}`);
    this.bytesRead += length;
    const out = new Uint8Array(length);
    out.set(this.bytes.subarray(offset, offset + length));
    return out;
  }
}
