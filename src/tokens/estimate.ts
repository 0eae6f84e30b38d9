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
  const step = (length - sampleUnits) / (samples - 1);
  const rates = Array.from(
    { length: samples },
    (_, index) => count(Math.floor(index * step), sampleUnits) / sampleUnits,
  );
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / samples;
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (samples - 1);
  // Student's t for 23 degrees of freedom, two-sided 95 %.
  const margin = 2.069 * Math.sqrt(variance / samples);
  return { tokens: Math.round(mean * length), margin: Math.ceil(margin * length), sampled: samples * sampleUnits };
}
