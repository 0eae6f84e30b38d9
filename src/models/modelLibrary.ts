import { type Event, EventEmitter } from "vscode";
import type { DownloadStatus, Recommendation } from "../inference/library";
import { DisposableStore } from "../platform/disposables";

/** What can be had besides the models in the list: downloads under way, and what is recommended for this machine. */
export class ModelLibrary {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  readonly onDidChange: Event<void> = this.emitter.event;
  readonly downloads: readonly DownloadStatus[] = [];
  readonly recommendations: readonly Recommendation[] = [];

  dispose(): void {
    this.store.dispose();
  }
}
