export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Of at least one number; NaN among them is an error, since it is a measurement that failed. */
export function quantiles(values: readonly number[]): Quantiles {
  if (values.length === 0 || values.some(Number.isNaN)) throw new Error(`a measurement failed: ${values.join(", ")}`);
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
