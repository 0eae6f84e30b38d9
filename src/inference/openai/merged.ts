/**
 * Items of several sources as they come. The first error ends all: sources still running are stopped by `stop`, items
 * that had arrived before it are given, then it is thrown. Stopping early stops the sources.
 */
export async function* merged<T>(
  sources: readonly AsyncIterable<T>[],
  stop: (reason: unknown) => void,
): AsyncGenerator<T, void> {
  const ready: T[] = [];
  let running = sources.length;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  const drain = async (source: AsyncIterable<T>): Promise<void> => {
    try {
      for await (const item of source) {
        ready.push(item);
        wake();
      }
    } catch (error) {
      if (!failure) {
        failure = { error };
        stop(error);
      }
    } finally {
      running--;
      wake();
    }
  };
  const all = Promise.all(sources.map(drain));
  try {
    for (;;) {
      yield* ready.splice(0);
      if (running === 0 && ready.length === 0) break;
      if (ready.length > 0) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    if (running > 0) stop(new DOMException("Nobody reads on.", "AbortError"));
    await all;
  }
  if (failure) throw failure.error;
}
