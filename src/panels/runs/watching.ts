import type { Disposable } from "vscode";
import { inSlices } from "../../tokens/slices";

/** Shortest time between two looks at what goes on; a look that takes long is followed by a longer rest. */
const restMs = 300;
const restFactor = 8;

/** Looks at something that goes on: in slices, one look at a time, and not more often than it pays. */
export class Watching<T> implements Disposable {
  private stale = false;
  private looking = false;
  private hurried = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly ending = new AbortController();

  /** `look` makes what is to be seen, `seen` hears of it. The first look is at once. */
  constructor(
    private readonly look: () => Generator<unknown, T>,
    private readonly seen: (what: T) => void,
  ) {
    void this.again();
  }

  /** Something happened: looks again soon, and at once where it has ended, since what is seen then stays. */
  touch(ended = false): void {
    this.stale = true;
    this.hurried ||= ended;
    if (this.looking) return;
    if (ended) {
      clearTimeout(this.timer);
      void this.again();
    } else this.timer ??= setTimeout(() => void this.again(), restMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.ending.abort();
  }

  private async again(): Promise<void> {
    const start = performance.now();
    this.timer = undefined;
    this.looking = true;
    this.stale = false;
    this.hurried = false;
    const what = await inSlices(this.look(), this.ending.signal);
    if (this.ending.signal.aborted) return;
    this.seen(what!);
    this.looking = false;
    if (this.hurried) {
      void this.again();
      return;
    }
    const rest = Math.max(restMs, restFactor * (performance.now() - start));
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.stale) void this.again();
    }, rest);
  }
}
