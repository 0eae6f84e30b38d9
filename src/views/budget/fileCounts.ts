import { FileSystemError, type Uri, workspace } from "vscode";
import type { CountPool } from "./countPool";
import type { CountOutcome } from "./countProtocol";

/** Files of virtual file systems read at a time. */
const readsAtATime = 8;

/**
 * Counts a file wherever it is: on this machine's disk the counting threads read it; from another file system the
 * host reads it, when its stamp is not known, and sends the bytes.
 */
export class FileCounts {
  private reading = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly pool: CountPool) {}

  /** Rejects with CountingFailed when nothing can be counted any more. */
  async count(uri: Uri): Promise<CountOutcome> {
    const key = uri.toString();
    if (uri.scheme === "file") return this.pool.count({ key, path: uri.fsPath });
    await this.turn();
    try {
      const { mtime, size } = await workspace.fs.stat(uri);
      const stamp = { mtime, size };
      const known = await this.pool.count({ key, stamp });
      if (known.kind !== "bytesNeeded") return known;
      return await this.pool.count({ key, stamp, bytes: await workspace.fs.readFile(uri) });
    } catch (error) {
      if (!(error instanceof FileSystemError)) throw error;
      if (error.code === "FileNotFound") return { kind: "gone" };
      return { kind: "skipped", reason: "unreadable", detail: error.message };
    } finally {
      this.reading--;
      this.waiting.shift()?.();
    }
  }

  private async turn(): Promise<void> {
    if (this.reading >= readsAtATime) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.reading++;
  }
}
