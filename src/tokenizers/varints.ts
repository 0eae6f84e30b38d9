/** Writes the numbers (integers from 0) in LEB128. */
export function writeVarints(numbers: Iterable<number>): Uint8Array {
  let out = new Uint8Array(1 << 16);
  let at = 0;
  for (let number of numbers) {
    if (at + 5 > out.length) {
      const grown = new Uint8Array(out.length * 2);
      grown.set(out);
      out = grown;
    }
    while (number > 127) {
      out[at++] = (number & 127) | 128;
      number >>>= 7;
    }
    out[at++] = number;
  }
  return out.slice(0, at);
}

/** Reads `count` numbers in LEB128. */
export function readVarints(bytes: Uint8Array, count: number): Uint32Array {
  const out = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    out[i] = value;
  }
  return out;
}
