import { drained } from "../drained";

export interface BootstrapInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly resamples: number;
}

export interface BootstrapOptions<T> {
  readonly values: readonly T[];
  readonly statistic: (values: readonly T[]) => number;
  /** Uniform in [0, 1), seeded by the caller so that a report is the same each time. */
  readonly random: () => number;
  /** Default 10,000. */
  readonly resamples?: number;
}

/** 95 % percentile interval by resampling the values with replacement [Efron 1979, Ann. Stat. 7:1]. */
export function bootstrap<T>(options: BootstrapOptions<T>): BootstrapInterval {
  const drawn = drained(resampling(options)).sort((a, b) => a - b);
  return {
    estimate: options.statistic(options.values),
    low: quantile(drawn, 0.025),
    high: quantile(drawn, 0.975),
    resamples: drawn.length,
  };
}

/** Standard deviation of the statistic over resamples: its standard error. */
export function bootstrapError<T>(options: BootstrapOptions<T>): number {
  return drained(bootstrappingError(options));
}

/** The same with pauses, so that it can be run in slices. */
export function* bootstrappingError<T>(options: BootstrapOptions<T>): Generator<void, number> {
  const drawn = yield* resampling(options);
  const mean = drawn.reduce((total, value) => total + value, 0) / drawn.length;
  return Math.sqrt(drawn.reduce((total, value) => total + (value - mean) ** 2, 0) / (drawn.length - 1));
}

/** Resamples between two pauses. */
const slice = 100;

function* resampling<T>({
  values,
  statistic,
  random,
  resamples = 10_000,
}: BootstrapOptions<T>): Generator<void, number[]> {
  const draw = values.slice();
  const drawn: number[] = [];
  while (values.length > 0 && drawn.length < resamples) {
    for (let i = 0; i < draw.length; i++) draw[i] = values[Math.floor(random() * values.length)]!;
    drawn.push(statistic(draw));
    if (drawn.length % slice === 0) yield;
  }
  return drawn;
}

/** Quantile of ascending values by linear interpolation (type 7, as NumPy's default); NaN of none. */
export function quantile(ascending: readonly number[], share: number): number {
  const place = (ascending.length - 1) * share;
  const below = Math.floor(place);
  const low = ascending[below] ?? Number.NaN;
  const high = ascending[below + 1] ?? low;
  return low + (high - low) * (place - below);
}
