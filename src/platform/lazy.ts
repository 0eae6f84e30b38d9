import type { Disposable } from "vscode";

/**
 * A part of the extension that is read and built when it is first wanted. Made with `await import(…)`, its code stays out
 * of what VS Code reads at its start. A try that failed is made again by the next call.
 */
export class Lazy<T extends Disposable> implements Disposable {
  private part: Promise<T> | undefined;

  constructor(private readonly make: () => Promise<T>) {}

  /** The part; built by the first call, the same for all that follow. Rejects when it cannot be. */
  get(): Promise<T> {
    this.part ??= this.make().catch((error: unknown) => {
      this.part = undefined;
      throw error;
    });
    return this.part;
  }

  dispose(): void {
    // Whoever asked for a part that could not be made has been told.
    this.part?.then(
      (made) => made.dispose(),
      () => undefined,
    );
  }
}
