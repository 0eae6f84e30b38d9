/** Writes the units of `text[from, to)` to the beginning of the buffer it was made for. */
export type UnitCopier = (text: string, from: number, to: number) => void;

/** The part of Node's Buffer that is used here. */
interface NativeBytes {
  write(text: string, offset: number, length: number, encoding: "utf16le"): number;
}
interface NativeBytesConstructor {
  from(buffer: ArrayBuffer, byteOffset: number, length: number): NativeBytes;
}

/** A native call costs as much as the loop for this many units. */
const NATIVE_FROM = 96;

/**
 * Reading a string unit by unit costs as much as scanning it, so where the runtime has Node's Buffer, its native copy is
 * used (about 0.05 instead of 1.4 nanoseconds a unit).
 */
export function unitCopier(units: Uint16Array<ArrayBuffer>): UnitCopier {
  const native = (globalThis as { Buffer?: NativeBytesConstructor }).Buffer;
  const bytes = native?.from(units.buffer, units.byteOffset, units.byteLength);
  return (text, from, to) => {
    if (bytes !== undefined && to - from >= NATIVE_FROM)
      bytes.write(text.slice(from, to), 0, 2 * (to - from), "utf16le");
    else for (let i = from; i < to; i++) units[i - from] = text.charCodeAt(i);
  };
}
