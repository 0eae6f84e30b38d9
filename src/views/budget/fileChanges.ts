import { type Disposable, type Event, EventEmitter, type Uri, workspace } from "vscode";
import { DisposableStore } from "../../platform/disposables";

/** Changes closer together than this come as one batch, milliseconds. */
const quietMs = 200;

/** Files and folders of the workspace that were saved, created, deleted or renamed, by anybody, in batches. */
export class FileChanges implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<readonly Uri[]>());
  private changed = new Map<string, Uri>();
  private timer: NodeJS.Timeout | undefined;

  readonly onDidChange: Event<readonly Uri[]> = this.emitter.event;

  constructor() {
    const note = (uri: Uri): void => this.note(uri);
    // The watcher sees the disk; the editor's own events also cover file systems that cannot be watched.
    const watcher = this.store.add(workspace.createFileSystemWatcher("**/*"));
    for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) this.store.add(event(note));
    this.store.add(workspace.onDidSaveTextDocument(({ uri }) => note(uri)));
    this.store.add(workspace.onDidCreateFiles(({ files }) => files.forEach(note)));
    this.store.add(workspace.onDidDeleteFiles(({ files }) => files.forEach(note)));
    this.store.add(
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) {
          note(oldUri);
          note(newUri);
        }
      }),
    );
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.store.dispose();
  }

  private note(uri: Uri): void {
    this.changed.set(uri.toString(), uri);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const batch = [...this.changed.values()];
      this.changed = new Map();
      this.emitter.fire(batch);
    }, quietMs);
  }
}
