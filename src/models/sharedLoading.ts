import type { LoadProgress, OpenModel, OpenOptions } from "./models";

/** One loading that several callers wait for; it is given up when the last of them has gone, or when it is cancelled. */
export class SharedLoading {
  private readonly stop = new AbortController();
  private readonly listeners = new Set<(progress: LoadProgress) => void>();
  private latest: LoadProgress | undefined;
  private waiting = 0;
  private settled = false;
  /** The model, or the reason of the failure or of the cancelling. */
  readonly done: Promise<OpenModel>;

  constructor(open: (options: OpenOptions) => Promise<OpenModel>, onProgress: (progress: LoadProgress) => void) {
    this.done = this.run(open, onProgress);
    // Whoever waits hears of a failure; with nobody left it is nobody's.
    this.done.catch(() => undefined);
  }

  get cancelled(): boolean {
    return this.stop.signal.aborted;
  }

  /** Waits as long as the caller wants to; rejects with the signal's reason once it is aborted. */
  async wait({ signal, onProgress }: OpenOptions): Promise<OpenModel> {
    signal?.throwIfAborted();
    if (onProgress) {
      this.listeners.add(onProgress);
      if (this.latest) onProgress(this.latest);
    }
    this.waiting++;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
      signal?.addEventListener("abort", leave, { once: true });
    });
    try {
      return await Promise.race([this.done, left]);
    } finally {
      if (leave) signal?.removeEventListener("abort", leave);
      if (onProgress) this.listeners.delete(onProgress);
      this.waiting--;
      if (this.waiting === 0 && !this.settled) this.stop.abort(signal?.reason);
    }
  }

  /** Ends the loading for everybody; those who wait get `reason`. */
  cancel(reason: Error): void {
    if (!this.settled) this.stop.abort(reason);
  }

  private async run(
    open: (options: OpenOptions) => Promise<OpenModel>,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<OpenModel> {
    try {
      const { signal } = this.stop;
      const model = await open({
        signal,
        onProgress: (progress) => {
          if (signal.aborted) return;
          this.latest = progress;
          onProgress(progress);
          for (const listener of this.listeners) listener(progress);
        },
      });
      if (!signal.aborted) return model;
      await model.close();
      throw signal.reason;
    } finally {
      this.settled = true;
    }
  }
}
