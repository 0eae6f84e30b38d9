import { type Disposable, l10n, type TreeView, window } from "vscode";
import { views } from "../../contributions";
import type { Models } from "../../models/models";
import { DisposableStore } from "../../platform/disposables";
import { formatBytes, formatCount } from "../../tokens/format";
import type { ViewNode } from "./modelNodes";

/** Keeps the view's title line and progress bar equal to what runs and loads. */
export class ModelsHeader implements Disposable {
  private readonly store = new DisposableStore();
  private endProgress: (() => void) | undefined;

  constructor(
    private readonly models: Models,
    private readonly view: TreeView<ViewNode>,
  ) {
    this.store.add(models.onDidChange(() => this.update()));
    this.store.add({ dispose: () => this.endProgress?.() });
    this.update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const entries = this.models.list();
    const running = entries.flatMap(({ state }) => (state.kind === "ready" ? [state.running] : []));
    const bytes = running.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0);
    const count = l10n.t("{0} running", formatCount(running.length));
    this.view.description = running.length === 0 ? "" : bytes === 0 ? count : `${count} · ${formatBytes(bytes)}`;
    const loading = entries.some(({ state }) => state.kind === "loading");
    if (loading && !this.endProgress) this.showProgress();
    if (!loading) {
      this.endProgress?.();
      this.endProgress = undefined;
    }
  }

  private showProgress(): void {
    // VS Code calls back later; the way to end must be there at once.
    const ended = new Promise<void>((resolve) => {
      this.endProgress = resolve;
    });
    void window.withProgress({ location: { viewId: views.models } }, () => ended);
  }
}
