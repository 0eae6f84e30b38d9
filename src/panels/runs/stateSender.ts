import type { Disposable } from "vscode";

/** Changes gather for one frame: streamed tokens come faster than anybody can see. */
const frameMs = 16;

/** Sends the parts of a panel's state that changed, each whole. */
export class StateSender<State extends object> implements Disposable {
  private marked = new Set<keyof State>();
  private timer: NodeJS.Timeout | undefined;
  started = false;

  constructor(
    private readonly send: (parts: Partial<State>) => void,
    /** Asked for when something is sent: whoever sends may still be in the making. */
    private readonly parts: () => { readonly [K in keyof State]: () => State[K] },
  ) {}

  start(): void {
    this.started = true;
    this.markAll();
  }

  mark(...parts: (keyof State)[]): void {
    for (const part of parts) this.marked.add(part);
    if (this.started) this.timer ??= setTimeout(() => this.flush(), frameMs);
  }

  markAll(): void {
    this.mark(...(Object.keys(this.parts()) as (keyof State)[]));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.started = false;
  }

  private flush(): void {
    this.timer = undefined;
    const sent: Partial<State> = {};
    const parts = this.parts();
    for (const key of this.marked) sent[key] = parts[key]();
    this.marked = new Set();
    this.send(sent);
  }
}
