import type { Disposable, Uri } from "vscode";

interface SharedRun extends Disposable {
  readonly uri: Uri;
}

interface Shared<Run> {
  readonly run: Promise<Run>;
  users: number;
}

/** The runs that are shown, each once whatever number of panels shows it: one writer for each file. */
export class OpenRuns<Run extends SharedRun> implements Disposable {
  private readonly shared = new Map<string, Shared<Run>>();

  constructor(private readonly read: (uri: Uri) => Promise<Run>) {}

  /** The run of a file, read where nobody shows it yet; give it back with `close`. Rejects as `read` does. */
  async open(uri: Uri): Promise<Run> {
    const key = uri.toString();
    const found = this.shared.get(key) ?? { run: this.read(uri), users: 0 };
    found.users++;
    this.shared.set(key, found);
    try {
      return await found.run;
    } catch (error) {
      this.shared.delete(key);
      throw error;
    }
  }

  /** Takes in a run that was just begun. */
  adopt(run: Run): void {
    this.shared.set(run.uri.toString(), { run: Promise.resolve(run), users: 1 });
  }

  close(run: Run): void {
    const key = run.uri.toString();
    const found = this.shared.get(key);
    if (!found || --found.users > 0) return;
    this.shared.delete(key);
    run.dispose();
  }

  dispose(): void {
    for (const { run } of this.shared.values()) run.then((each) => each.dispose()).catch(() => undefined); // never read
    this.shared.clear();
  }
}
