import type { Part } from "./contract";

/** Parts of one call in their order. What had arrived is given out before an ending or an error. */
export class PartQueue {
  private readonly parts: Part[] = [];
  private received = 0;
  /** Parts there will have been; undefined while nobody knows. */
  private total: number | undefined;
  private failure: { readonly error: unknown } | undefined;
  private lastly: { readonly error: unknown } | undefined;
  private wake: (() => void) | undefined;

  push(part: Part): void {
    if (this.failure) return; // there may be a gap before it
    this.received++;
    this.parts.push(part);
    this.wake?.();
  }

  /** There are this many parts in all; some may still come. An error is told after the last one. */
  end(total: number, error?: unknown): void {
    this.total = total;
    this.lastly = error === undefined ? undefined : { error };
    this.wake?.();
  }

  /** Nothing more comes. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.wake?.();
  }

  /** Forgets what has arrived: nobody wants it any more. */
  abort(reason: unknown): void {
    this.parts.length = 0;
    this.fail(reason);
  }

  /** The next part; undefined after the last one. */
  async next(): Promise<Part | undefined> {
    for (;;) {
      const part = this.parts.shift();
      if (part) return part;
      if (this.failure) throw this.failure.error;
      if (this.total !== undefined && this.received >= this.total) {
        if (this.lastly) throw this.lastly.error;
        return undefined;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
