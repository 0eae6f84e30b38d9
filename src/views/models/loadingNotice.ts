import { type Disposable, l10n, ProgressLocation, window } from "vscode";
import type { LoadProgress, ModelEntry, Models } from "../../models/models";
import { DisposableStore } from "../../platform/disposables";

/** What is quicker than this needs no message. */
const patienceMs = 500;

/** Shows each loading that takes longer than a moment, whoever asked for it, with its progress and a way to end it. */
export class LoadingNotices implements Disposable {
  private readonly store = new DisposableStore();
  private readonly notices = new Map<string, Notice>();

  constructor(private readonly models: Models) {
    this.store.add(models.onDidChange(() => this.update()));
  }

  dispose(): void {
    for (const notice of this.notices.values()) notice.end();
    this.notices.clear();
    this.store.dispose();
  }

  private update(): void {
    for (const entry of this.models.list()) {
      const notice = this.notices.get(entry.id);
      if (entry.state.kind === "loading") {
        const current = notice ?? new Notice(entry, () => void this.models.unload(entry.id));
        this.notices.set(entry.id, current);
        current.report(entry.state.progress);
      } else if (notice) {
        notice.end();
        this.notices.delete(entry.id);
      }
    }
  }
}

class Notice {
  private readonly timer: NodeJS.Timeout;
  private finish: () => void = () => undefined;
  private readonly finished = new Promise<void>((resolve) => {
    this.finish = resolve;
  });
  private latest: LoadProgress | undefined;
  private shown: ((progress: LoadProgress) => void) | undefined;

  constructor(entry: ModelEntry, cancel: () => void) {
    this.timer = setTimeout(() => this.show(entry.name, cancel), patienceMs);
  }

  report(progress: LoadProgress): void {
    this.latest = progress;
    this.shown?.(progress);
  }

  end(): void {
    clearTimeout(this.timer);
    this.finish();
  }

  private show(name: string, cancel: () => void): void {
    const options = { location: ProgressLocation.Notification, title: l10n.t("Loading {0}", name), cancellable: true };
    void window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(cancel);
      let reached = 0;
      this.shown = ({ fraction, message }) => {
        const percent = Math.round((fraction ?? 0) * 100);
        progress.report({ message, increment: Math.max(0, percent - reached) });
        reached = Math.max(reached, percent);
      };
      if (this.latest) this.shown(this.latest);
      return this.finished;
    });
  }
}
