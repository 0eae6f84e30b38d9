import type { ModelWork } from "./modelWork";

/** Work with models besides the asking of a run. What failed last can be done again. */
export class LastWork {
  private last: (() => Promise<void>) | undefined;

  constructor(private readonly work: ModelWork) {}

  /** It failed, and can be tried again. */
  get failed(): boolean {
    return this.last !== undefined && this.work.problem !== null;
  }

  /** Does it; errors become the problem. */
  async do(message: string, act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const work = (): Promise<void> =>
      this.work.run(message, async (signal) => {
        await act(signal);
        if (this.last === work) this.last = undefined;
      });
    this.last = work;
    await work();
  }

  async again(): Promise<void> {
    await this.last?.();
  }

  /** Forgets what failed. */
  forget(): void {
    this.last = undefined;
  }
}
