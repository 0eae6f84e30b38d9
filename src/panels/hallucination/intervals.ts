import type { Disposable } from "vscode";
import { type Interval, resamplingEntropy, sizes } from "../../experiments/hallucination/scores";
import { inSlices } from "../../tokens/slices";

/**
 * Intervals of semantic entropies, resampled in slices when first wanted: 10,000 resamples are felt. How large the clusters
 * are is all that an interval depends on, so each pattern is resampled once.
 */
export class Intervals implements Disposable {
  private readonly known = new Map<string, Interval | undefined>();
  private readonly ending = new AbortController();

  /** `found` hears of each that is ready. */
  constructor(private readonly found: () => void) {}

  /** Undefined until it is resampled. */
  readonly of = (ids: readonly number[], seed: number): Interval | undefined => {
    const counts = sizes(ids).sort((a, b) => b - a);
    const key = JSON.stringify([seed, counts]);
    if (!this.known.has(key)) {
      this.known.set(key, undefined);
      void this.resample(key, counts, seed);
    }
    return this.known.get(key);
  };

  dispose(): void {
    this.ending.abort();
  }

  private async resample(key: string, counts: readonly number[], seed: number): Promise<void> {
    const ids = counts.flatMap((count, id) => new Array<number>(count).fill(id));
    const interval = await inSlices(resamplingEntropy(ids, seed), this.ending.signal);
    if (!interval) return;
    this.known.set(key, interval);
    this.found();
  }
}
