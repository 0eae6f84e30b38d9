import type { Disposable, WebviewPanel } from "vscode";
import { regionMessage } from "../../webview/ui/regionMessage";
import { commands } from "../contributions";
import { registerCommand } from "../platform/commands";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";

/**
 * F6 in the panels. VS Code takes the key for itself before a webview sees it, so keybindings of ours run these commands,
 * and they tell the panel in front.
 */
export class RegionKeys implements Disposable {
  private readonly store = new DisposableStore();
  private readonly open = new Set<WebviewPanel>();

  constructor(log: Log) {
    this.store.add(registerCommand(commands.nextRegion, log, () => this.go(1)));
    this.store.add(registerCommand(commands.previousRegion, log, () => this.go(-1)));
  }

  /** Hears the keys for a panel, until it is closed. */
  follow(panel: WebviewPanel): void {
    this.open.add(panel);
    panel.onDidDispose(() => this.open.delete(panel));
  }

  dispose(): void {
    this.store.dispose();
    this.open.clear();
  }

  private go(step: 1 | -1): void {
    const active = [...this.open].find((panel) => panel.active);
    void active?.webview.postMessage({ [regionMessage]: step });
  }
}
