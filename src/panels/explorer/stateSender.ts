import type { Disposable } from "vscode";
import type { ExplorerState } from "../../../webview/explorer/protocol";

/** Changes gather for one frame: streamed tokens come faster than anybody can see. */
const frameMs = 16;

/** Sends the parts of the state that changed, each whole. */
export class StateSender implements Disposable {
  private marked = new Set<keyof ExplorerState>();
  private timer: NodeJS.Timeout | undefined;
  started = false;

  constructor(
    private readonly send: (parts: Partial<ExplorerState>) => void,
    private readonly parts: { readonly [K in keyof ExplorerState]: () => ExplorerState[K] },
  ) {}

  start(): void {
    this.started = true;
    this.markAll();
  }

  mark(...parts: (keyof ExplorerState)[]): void {
    for (const part of parts) this.marked.add(part);
    if (this.started) this.timer ??= setTimeout(() => this.flush(), frameMs);
  }

  markAll(): void {
    this.mark(...(Object.keys(this.parts) as (keyof ExplorerState)[]));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.started = false;
  }

  private flush(): void {
    this.timer = undefined;
    const keys = [...this.marked];
    this.marked = new Set();
    this.send(Object.fromEntries(keys.map((key) => [key, this.parts[key]()])));
  }
}
