/** Lower bounds of the six tinted steps, bits: each has a plain meaning (`rarerThan`). Under 1 bit nothing is drawn. */
export const stepBounds = [1, 2, 4, 6, 9, 12] as const;

/** "Rarer than 1 in n", for each step. */
export const rarerThan = stepBounds.map((bits) => 2 ** bits);

/** Step of a surprisal: 0 for likelier than a coin, 6 for 12 bits and over. */
export function stepOf(bits: number): number {
  return stepBounds.filter((bound) => bits >= bound).length;
}

/** Surprisal of a token, bits: -log2 p. Takes the natural logarithm that engines give. Never -0. */
export function bitsOf(logProb: number): number {
  return Math.max(0, -logProb / Math.LN2);
}

/** An entropy in nats as bits. */
export function natsToBits(nats: number): number {
  return nats / Math.LN2;
}
