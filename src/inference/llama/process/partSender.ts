import type { SampleEvent } from "../../engine";
import type { Items, Part } from "./contract";

/** Items of one message of a list. */
const sliceSize = 256;
/** Events are sent one by one while they come slower than this, in milliseconds; faster ones travel together. */
const interval = 16;
/** Parts that may be under way before the other side has taken them. */
const window = 32;

/**
 * Sends the parts of one call: the first event at once, later ones together as often as a screen is drawn. Waits while
 * too many are under way, so that a slow taker slows the sampling down instead of filling memory.
 */
export class PartSender {
  private buffer: SampleEvent[] = [];
  private lastSent = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private taken = 0;
  private wake: (() => void) | undefined;
  /** Parts sent so far. */
  sent = 0;

  constructor(
    private readonly post: (part: Part) => void,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.wake?.());
  }

  /** Resolves once another event may follow, or the call was cancelled. */
  async event(event: SampleEvent): Promise<void> {
    this.buffer.push(event);
    const wait = this.lastSent + interval - performance.now();
    if (wait <= 0 || this.buffer.length >= sliceSize) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), wait);
    await this.room();
  }

  /** Sends a list in slices. */
  async list<K extends Exclude<Part["kind"], "events">>(kind: K, items: Readonly<Items<K>>): Promise<void> {
    for (let start = 0; start < items.length; start += sliceSize) {
      this.send({ kind, items: items.slice(start, start + sliceSize) } as Part);
      await this.room();
      if (this.signal.aborted) return;
    }
  }

  /** Sends what is buffered. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.buffer.length === 0) return;
    this.send({ kind: "events", items: this.buffer });
    this.buffer = [];
  }

  /** The other side has taken this many more parts. */
  took(parts: number): void {
    this.taken += parts;
    this.wake?.();
  }

  private send(part: Part): void {
    this.sent++;
    this.lastSent = performance.now();
    this.post(part);
  }

  private async room(): Promise<void> {
    while (this.sent - this.taken >= window && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
