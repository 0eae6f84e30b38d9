export interface HeartbeatOptions {
  /** Milliseconds between questions. */
  readonly interval: number;
  /** Questions in a row without any sign of life after which the process counts as hung. */
  readonly missed: number;
}

/**
 * Native decoding runs beside the process's event loop, which therefore answers within milliseconds; only tokenizing a
 * very long text, opening a GPU for the first time or swapping keep it busy for seconds.
 */
export const defaultHeartbeat: HeartbeatOptions = { interval: 2000, missed: 15 };

/**
 * Asks a process whether it lives while there is work, and tells when it has been silent for too long. It counts its own
 * ticks instead of looking at a clock: a laptop that slept, or an extension host that was busy, accuses nobody.
 */
export class Heartbeat {
  private timer: NodeJS.Timeout | undefined;
  private silent = 0;

  constructor(
    private readonly options: HeartbeatOptions,
    private readonly ask: () => void,
    private readonly onSilence: (seconds: number) => void,
  ) {}

  start(): void {
    this.silent = 0;
    this.timer ??= setInterval(() => this.tick(), this.options.interval);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Any message from the process. */
  alive(): void {
    this.silent = 0;
  }

  private tick(): void {
    if (this.silent >= this.options.missed) {
      this.stop();
      this.onSilence(Math.max(1, Math.round((this.options.interval * this.options.missed) / 1000)));
      return;
    }
    this.silent++;
    this.ask();
  }
}
