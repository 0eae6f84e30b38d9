/** Runs pieces of work one after the other, in the order they were asked for. */
export class Lock {
  private tail: Promise<unknown> = Promise.resolve();

  /** Waits for its turn, unless the signal aborts before; rejects with what `work` rejects with. */
  run<T>(work: () => Promise<T> | T, signal?: AbortSignal): Promise<T> {
    const result = this.tail.then(() => {
      signal?.throwIfAborted();
      return work();
    });
    this.tail = result.catch(() => undefined); // Whoever asked hears of it; the next one's turn comes all the same.
    return result;
  }
}
