/** One sequence of the context, and the tokens its KV cache holds. */
export interface Slot {
  readonly sequence: number;
  cached: number[];
}

interface Waiting {
  readonly most: number;
  readonly prompt: readonly number[];
  readonly take: (slots: Slot[]) => void;
}

/** Lends the context's sequences, first come, first served, each time the ones that already hold most of the prompt. */
export class Slots {
  private readonly free: Slot[];
  private readonly waiting: Waiting[] = [];

  constructor(first: number, count: number) {
    this.free = Array.from({ length: count }, (_, index) => ({ sequence: first + index, cached: [] }));
  }

  /** Whether somebody waits for a sequence. */
  get wanted(): boolean {
    return this.waiting.length > 0;
  }

  /** One to `most` sequences, as many as are free; waits while none is. The first one shares most with `prompt`. */
  async take(prompt: readonly number[], most: number, signal?: AbortSignal): Promise<Slot[]> {
    signal?.throwIfAborted();
    if (this.free.length > 0 && this.waiting.length === 0) return this.pick(prompt, most);
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        most,
        prompt,
        take: (slots) => {
          signal?.removeEventListener("abort", abort);
          resolve(slots);
        },
      };
      const abort = () => {
        this.waiting.splice(this.waiting.indexOf(entry), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.waiting.push(entry);
    });
  }

  give(slots: readonly Slot[]): void {
    this.free.push(...slots);
    while (this.free.length > 0) {
      const next = this.waiting.shift();
      if (!next) return;
      next.take(this.pick(next.prompt, next.most));
    }
  }

  private pick(prompt: readonly number[], most: number): Slot[] {
    // Neighbours make one batch of llama.cpp, gaps split it: so in order, but the best match first.
    this.free.sort((a, b) => a.sequence - b.sequence);
    const best = this.free.reduce((a, b) => (sharedPrefix(b.cached, prompt) > sharedPrefix(a.cached, prompt) ? b : a));
    const others = this.free.filter((slot) => slot !== best).slice(0, most - 1);
    const taken = [best, ...others];
    for (const slot of taken) this.free.splice(this.free.indexOf(slot), 1);
    return taken;
  }
}

/** How many tokens two sequences have in common from the beginning. */
export function sharedPrefix(a: readonly number[], b: readonly number[]): number {
  const most = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < most && a[shared] === b[shared]) shared++;
  return shared;
}
