import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../../../platform/log";
import { fileHash } from "../fileHash";
import { inspectGguf } from "../gguf/inspectGguf";
import { splitName } from "../gguf/splitFiles";
import { LibraryError } from "../libraryError";
import { needSpace, writeFailure } from "./disk";
import type { DownloadRequest, DownloadState, DownloadStatus } from "./downloadStatus";
import { type FileProgress, type Journal, journalEnding, removeJournal, writeJournal } from "./journal";
import { isHeld, lock } from "./lock";
import { emptyProgress, fitToDisk, forget, receivedBytes } from "./pieces";
import { Speed } from "./speed";
import { type TransferHooks, type TransferOptions, transfer } from "./transfer";

export interface DownloadOptions extends TransferOptions {
  readonly folder: string;
  readonly pieceBytes: number;
  readonly log: Log;
  /** Something of the status changed; `state` when it is more than a number. */
  readonly onChange: (what: "progress" | "state") => void;
}

/**
 * One model on its way. Its bytes go into ".part" files; only when all of them are there and right do they get their names, so
 * nothing half-written is ever taken for a model. A journal beside them lets a later run go on.
 */
export class Download {
  private state: DownloadState = "paused";
  private error: DownloadStatus["error"];
  private note: string | undefined;
  private servedBy: string | undefined;
  private verified = 0;
  private readonly speed = new Speed();
  private saving: Promise<unknown> = Promise.resolve();
  private run: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  private constructor(
    private readonly journal: Journal,
    private readonly options: DownloadOptions,
  ) {}

  static begin(request: DownloadRequest, options: DownloadOptions): Download {
    const files = request.files.map(() => emptyProgress(options.pieceBytes));
    return new Download({ version: 1, request, files }, options);
  }

  /** Goes on where an earlier run ended, once `start` is called. */
  static async restore(journal: Journal, options: DownloadOptions): Promise<Download> {
    const download = new Download(journal, options);
    if (await isHeld(download.lockFile)) download.note = "Another window is downloading it.";
    return download;
  }

  get id(): string {
    return this.journal.request.files[0]?.path ?? "";
  }

  get status(): DownloadStatus {
    const { files, request } = this.journal;
    const sizes = files.map(({ bytes }, i) => bytes ?? request.files[i]?.bytes);
    const total = sizes.reduce<number | undefined>(
      (sum, bytes) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
      0,
    );
    const received = files.reduce((sum, file) => sum + receivedBytes(file), 0);
    const rate = this.state === "running" ? this.speed.bytesPerSecond : undefined;
    return {
      id: this.id,
      request,
      state: this.state,
      receivedBytes: received,
      totalBytes: total,
      bytesPerSecond: rate,
      secondsLeft: total !== undefined && rate ? (total - received) / rate : undefined,
      verifiedBytes: this.verified,
      servedBy: this.servedBy,
      note: this.note,
      error: this.error,
      paths: request.files.map((file) => this.finalPath(file.path)),
    };
  }

  get isActive(): boolean {
    return this.run !== undefined;
  }

  wait(): void {
    this.become("waiting");
  }

  /** Runs until it is done, failed or paused; never rejects. */
  async start(): Promise<void> {
    if (this.run) return this.run.ended;
    const stop = new AbortController();
    const ended = this.attempt(stop.signal).finally(() => {
      this.run = undefined;
    });
    this.run = { stop, ended };
    return ended;
  }

  async pause(): Promise<void> {
    const { run } = this;
    if (this.state === "waiting") this.become("paused");
    run?.stop.abort(new Paused());
    await run?.ended;
  }

  /** Ends it and removes what was fetched; finished files stay. */
  async remove(): Promise<void> {
    await this.pause();
    if (this.state === "done" || (await isHeld(this.lockFile))) return;
    for (const file of this.journal.request.files) await rm(this.partPath(file.path), { force: true });
    await removeJournal(this.journalFile);
  }

  private async attempt(signal: AbortSignal): Promise<void> {
    this.error = undefined;
    this.note = undefined;
    this.speed.reset();
    let release: (() => Promise<void>) | undefined;
    try {
      this.become("running");
      await mkdir(path.dirname(this.journalFile), { recursive: true });
      if (await this.isThere(signal)) return this.become("done");
      release = await lock(this.lockFile);
      await this.fetchAll(signal);
      await this.publish(signal);
      this.become("done");
    } catch (error) {
      await this.ended(error, signal, release !== undefined);
    } finally {
      await release?.();
    }
  }

  /** All files have their names already, from this download or another. */
  private async isThere(signal: AbortSignal): Promise<boolean> {
    const { files } = this.journal.request;
    const sizes = await Promise.all(files.map((file) => sizeOf(this.finalPath(file.path))));
    if (sizes.every((size) => size === undefined)) return false;
    for (const [i, file] of files.entries()) {
      const size = sizes[i];
      if (size === undefined) continue; // A crash between two renames; the rest is still to come.
      const hash = file.sha256 ? await this.hash(this.finalPath(file.path), signal) : undefined;
      if ((file.bytes ?? size) !== size || hash !== file.sha256)
        throw new LibraryError(
          "badInput",
          `${this.finalPath(file.path)} is there already and is another file. Move it away or remove it, then try again.`,
        );
      const progress = this.journal.files[i];
      if (progress)
        Object.assign(progress, { bytes: size, pieceBytes: Math.max(1, size), received: [size], verified: true });
    }
    return sizes.every((size) => size !== undefined);
  }

  private async fetchAll(signal: AbortSignal): Promise<void> {
    const { request, files } = this.journal;
    await this.fitToDisk();
    await this.needSpace();
    await this.save();
    for (const [i, file] of request.files.entries()) {
      const progress = files[i];
      if (!progress || progress.verified) continue;
      await transfer(file, this.partPath(file.path), progress, this.options, this.hooks, signal);
      await this.verify(i, signal);
      await this.save();
    }
  }

  private async verify(index: number, signal: AbortSignal): Promise<void> {
    const file = this.journal.request.files[index];
    const progress = this.journal.files[index];
    if (!file || !progress) return;
    const part = this.partPath(file.path);
    this.become("verifying");
    if (file.sha256) {
      const found = await this.hash(part, signal);
      if (found !== file.sha256) {
        await this.startOver(part, progress);
        throw new LibraryError(
          "wrongHash",
          `${path.basename(file.path)} came whole from ${this.servedBy ?? new URL(file.url).host} and is not the file that the hub lists (SHA-256 ${found.slice(0, 12)}… instead of ${file.sha256.slice(0, 12)}…). It was not kept. Try again, or with another mirror.`,
        );
      }
    } else if (file.path.endsWith(".gguf") && !splitName(file.path)) await this.inspect(part, progress, signal);
    progress.verified = true;
    this.become("running");
  }

  /** Without a hash, a whole GGUF is what can be asked for. */
  private async inspect(part: string, progress: FileProgress, signal: AbortSignal): Promise<void> {
    try {
      await inspectGguf(part, signal);
    } catch (error) {
      if (error instanceof LibraryError && error.code !== "unreadable") await this.startOver(part, progress);
      throw error;
    }
  }

  private async startOver(part: string, progress: FileProgress): Promise<void> {
    await rm(part, { force: true });
    forget(progress);
  }

  private needSpace(): Promise<void> {
    const { totalBytes, receivedBytes: received, request } = this.status;
    return needSpace(this.options.folder, (totalBytes ?? received) - received, request.name);
  }

  /** The first part of a split model is what opens it: it gets its name last. */
  private async publish(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    for (const file of [...this.journal.request.files].reverse()) {
      const part = this.partPath(file.path);
      if ((await sizeOf(part)) !== undefined) await rename(part, this.finalPath(file.path));
    }
    await removeJournal(this.journalFile);
  }

  private async ended(error: unknown, signal: AbortSignal, holdsLock: boolean): Promise<void> {
    this.note = undefined;
    const { name } = this.journal.request;
    // With a full disk the journal of some seconds ago stays, which says less than there is and is as good.
    if (holdsLock)
      await this.save().catch((failure: unknown) => this.options.log.error(`Journal of ${name} not written`, failure));
    if (signal.aborted) return this.become("paused");
    const told = error instanceof LibraryError ? error : writeFailure(error, this.partPath(this.id));
    if (error instanceof LibraryError)
      this.options.log.warn(`Download of ${name} failed`, { code: error.code, reason: error.message });
    else this.options.log.error(`Download of ${name} failed`, error);
    this.error = { code: told.code, message: told.message };
    this.become("failed");
  }

  private readonly hooks: TransferHooks = {
    received: () => {
      this.speed.mark(() => this.journal.files.reduce((sum, file) => sum + receivedBytes(file), 0));
      this.options.onChange("progress");
    },
    sized: () => this.needSpace(),
    safe: () => this.save(),
    servedBy: (host) => {
      this.servedBy = host;
    },
    note: (text) => {
      this.note = text;
      this.options.onChange("state");
    },
  };

  private hash(file: string, signal: AbortSignal): Promise<string> {
    this.verified = 0;
    this.become("verifying");
    return fileHash(file, "sha256", signal, (bytes) => {
      this.verified = bytes;
      this.options.onChange("progress");
    });
  }

  private async fitToDisk(): Promise<void> {
    for (const [i, file] of this.journal.request.files.entries()) {
      const progress = this.journal.files[i];
      const onDisk = await sizeOf(this.partPath(file.path));
      if (!progress || (progress.verified && (onDisk ?? (await sizeOf(this.finalPath(file.path)))) === progress.bytes))
        continue;
      progress.verified = false;
      fitToDisk(progress, onDisk ?? 0);
    }
  }

  /** One after the other: all are written to the same file beside the journal. */
  private save(): Promise<void> {
    const saved = this.saving.then(() => writeJournal(this.journalFile, this.journal));
    this.saving = saved.catch(() => undefined); // whoever wanted it is told
    return saved;
  }

  private become(state: DownloadState): void {
    this.state = state;
    this.options.onChange("state");
  }

  private finalPath(file: string): string {
    return path.join(this.options.folder, ...file.split("/"));
  }

  private partPath(file: string): string {
    return `${this.finalPath(file)}.part`;
  }

  private get journalFile(): string {
    return `${this.finalPath(this.id)}${journalEnding}`;
  }

  private get lockFile(): string {
    return `${this.journalFile}.lock`;
  }
}

class Paused extends Error {}

async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
