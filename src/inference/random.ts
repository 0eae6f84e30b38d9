/**
 * Uniform numbers in [0, 1) with 32 bits each, the same for the same seed everywhere: xoshiro128** [Blackman and Vigna
 * 2021, ACM Trans. Math. Softw. 47:36], its state filled from the seed by SplitMix32. `seed` is an integer of 0 to 2^32 - 1.
 */
export function seededRandom(seed: number): () => number {
  const next = splitMix32(seed);
  let [a, b, c, d] = [next(), next(), next(), next()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result / 2 ** 32;
  };
}

/** A seed for the `index`-th of several draws that share `seed`: distinct for distinct indices, and far apart. */
export function derivedSeed(seed: number, index: number): number {
  return splitMix32(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca77))() >>> 0;
}

function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
