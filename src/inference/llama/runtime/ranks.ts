const bits = new DataView(new ArrayBuffer(4));

/** The next larger float32 of a positive one. */
function nextFloat(value: number): number {
  bits.setFloat32(0, value);
  bits.setUint32(0, bits.getUint32(0) + 1);
  return bits.getFloat32(0);
}

/**
 * The min-p with which llama.cpp keeps exactly the tokens whose logits are above `logit`, where `max` is the largest. It
 * keeps what is at least max + ln(min-p), in float32: so the smallest float32 is looked for whose sum lies above the logit.
 * Undefined where that is too small for a float32.
 */
export function minPAbove(logit: number, max: number): number | undefined {
  const least = (minP: number) => Math.fround(max + Math.fround(Math.log(minP)));
  // A little below: exp and log are rounded, and the sum more coarsely than either.
  let minP = Math.fround(Math.exp(logit - max) * (1 - 2e-6));
  if (minP < 1e-37) return undefined;
  while (least(minP) <= logit) minP = nextFloat(minP);
  return minP;
}
