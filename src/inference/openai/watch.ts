/** Milliseconds. */
export interface Timeouts {
  /** Until an answer begins: long prompts on slow machines take their time. */
  readonly answer: number;
  /** Between two pieces of an answer. */
  readonly silence: number;
}

/** Aborts when something expected does not come in time, or when the caller does. */
export class Watch {
  private readonly controller = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly signal: AbortSignal;
  /** What was waited for too long. */
  waitedFor: keyof Timeouts | undefined;

  constructor(
    private readonly timeouts: Timeouts,
    caller: AbortSignal | undefined,
  ) {
    this.signal = caller ? AbortSignal.any([caller, this.controller.signal]) : this.controller.signal;
  }

  expect(what: keyof Timeouts): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.waitedFor = what;
      this.controller.abort();
    }, this.timeouts[what]);
  }

  rest(): void {
    clearTimeout(this.timer);
  }

  /** Ends the connection too, where it still sends: nobody reads on. */
  end(): void {
    clearTimeout(this.timer);
    this.controller.abort();
  }
}
