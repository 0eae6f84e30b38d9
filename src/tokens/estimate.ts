/** Tokens of a long text, reckoned from samples. */
export interface Estimate {
  /** Tokens of the whole text. */
  readonly tokens: number;
  /** Half the width of a 95 % interval, tokens (from the spread between samples). */
  readonly margin: number;
  /** Units (characters or bytes) that were looked at. */
  readonly sampled: number;
}

const samples = 24;
const sampleUnits = 2048;

/**
 * Reckons the tokens of a text of `length` units from samples spread evenly over it. `count` gives the tokens of the
 * sample `[start, start + units)`. A text that is no longer than the samples together is counted whole, exactly.
 */
export function estimateTokens(length: number, count: (start: number, units: number) => number): Estimate {
  if (length <= samples * sampleUnits) return { tokens: count(0, length), margin: 0, sampled: length };
  const rates = sampleStarts(length, sampleUnits).map((start) => count(start, sampleUnits) / sampleUnits);
  return fromRates(rates, length, samples * sampleUnits);
}

/** Where samples of `units` begin that are spread evenly over `length`; a single one where no more fit. */
export function sampleStarts(length: number, units: number): number[] {
  if (length <= units) return [0];
  const step = (length - units) / (samples - 1);
  return Array.from({ length: samples }, (_, index) => Math.floor(index * step));
}

/** From the samples' tokens per unit to all `length` units. */
export function fromRates(rates: readonly number[], length: number, sampled: number): Estimate {
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / Math.max(1, rates.length - 1);
  // Student's t for 23 degrees of freedom, two-sided 95 %.
  const margin = 2.069 * Math.sqrt(variance / rates.length);
  return { tokens: Math.round(mean * length), margin: Math.ceil(margin * length), sampled };
}
