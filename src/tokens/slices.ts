/** Longest stretch of work between two turns of the event loop, milliseconds (8 is the house's limit). */
export const sliceMs = 6;

/**
 * Runs `work` in slices, a turn of the event loop between two, until its generator is done or `signal` is aborted.
 * The generator yields wherever it can pause, often enough. Resolves with undefined when aborted.
 */
export async function inSlices<T>(work: Generator<unknown, T>, signal: AbortSignal): Promise<T | undefined> {
  for (;;) {
    const until = performance.now() + sliceMs;
    do {
      if (signal.aborted) return undefined;
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
