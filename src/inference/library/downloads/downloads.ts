import type { Log } from "../../../platform/log";
import { walk } from "../scan/walk";
import { Download, type DownloadOptions } from "./download";
import type { DownloadRequest, DownloadStatus } from "./downloadStatus";
import { checkRequest, journalEnding, readJournal } from "./journal";
import type { TransferOptions } from "./transfer";

export interface DownloadsOptions extends Partial<Omit<TransferOptions, "token">> {
  /** Models go below it. */
  readonly folder: string;
  readonly log: Log;
  /** The access token for an origin ("https://huggingface.co"), asked for at each request and never written down. */
  readonly token?: (origin: string) => Promise<string | undefined>;
  /** Downloads side by side. */
  readonly atOnce?: number;
  /** A large file is fetched in pieces of this size. */
  readonly pieceBytes?: number;
}

/** Listeners hear of progress this often at most. */
const progressEveryMs = 250;

/** All downloads into one folder. */
export class Downloads {
  private readonly downloads = new Map<string, Download>();
  private readonly queue: Download[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly options: DownloadOptions;
  private readonly atOnce: number;
  private running = 0;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor({ atOnce = 2, ...options }: DownloadsOptions) {
    this.atOnce = atOnce;
    this.options = {
      connections: 4,
      pieceBytes: 32 << 20,
      retry: { attempts: 6, firstDelayMs: 1000, longestDelayMs: 30_000 },
      stallMs: 60_000,
      token: async () => undefined,
      ...options,
      onChange: (what) => this.changed(what),
    };
  }

  get folder(): string {
    return this.options.folder;
  }

  /** Finds downloads that an earlier run left; they are paused, whatever they were. */
  async open(signal: AbortSignal): Promise<void> {
    const limits = { depth: 6, folders: 5000, files: 50_000 };
    const nothing = { folder() {}, file() {}, unread() {}, incomplete() {} };
    const isJournal = (name: string) => name.endsWith(journalEnding);
    for await (const file of walk(this.options.folder, isJournal, limits, nothing, signal)) {
      const journal = await readJournal(file.path);
      if (!journal) {
        this.options.log.warn("A download's journal cannot be read and is left alone", { path: file.path });
        continue;
      }
      const download = await Download.restore(journal, this.options);
      if (!this.downloads.has(download.id)) this.downloads.set(download.id, download);
    }
    this.changed("state");
  }

  /** In the order they were begun in. */
  list(): readonly DownloadStatus[] {
    return [...this.downloads.values()].map((download) => download.status);
  }

  get(id: string): DownloadStatus | undefined {
    return this.downloads.get(id)?.status;
  }

  /**
   * Begins a download, or goes on with the one of the same file; gives its id at once. The caller has asked the person
   * before. Throws LibraryError `badInput` for a request that cannot be carried out.
   */
  start(request: DownloadRequest): string {
    const checked = checkRequest(request);
    const id = checked.files[0]?.path ?? "";
    const known = this.downloads.get(id);
    const same = known && JSON.stringify(known.status.request) === JSON.stringify(checked);
    if (known && (same || known.isActive || known.status.state === "waiting")) {
      this.resume(id);
      return id;
    }
    const download = Download.begin(checked, this.options);
    this.downloads.set(id, download);
    this.enqueue(download);
    return id;
  }

  resume(id: string): void {
    const download = this.downloads.get(id);
    if (!download || download.isActive || this.queue.includes(download)) return;
    this.enqueue(download);
  }

  /** Resolves when nothing is written any more. */
  async pause(id: string): Promise<void> {
    const download = this.downloads.get(id);
    if (!download) return;
    this.dequeue(download);
    await download.pause();
  }

  /** Ends a download and removes its unfinished files; a finished one only leaves the list. */
  async remove(id: string): Promise<void> {
    const download = this.downloads.get(id);
    if (!download) return;
    this.dequeue(download);
    await download.remove();
    this.downloads.delete(id);
    this.changed("state");
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Pauses what runs; it can go on after the next `open`. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.queue.length = 0;
    await Promise.all([...this.downloads.values()].map((download) => download.pause()));
    clearTimeout(this.timer);
    this.listeners.clear();
  }

  private enqueue(download: Download): void {
    if (this.disposed) return;
    this.queue.push(download);
    download.wait();
    this.next();
  }

  private dequeue(download: Download): void {
    const at = this.queue.indexOf(download);
    if (at >= 0) this.queue.splice(at, 1);
  }

  private next(): void {
    while (this.running < this.atOnce && !this.disposed) {
      const download = this.queue.shift();
      if (!download) return;
      this.running++;
      void download.start().finally(() => {
        this.running--;
        this.next();
      });
    }
  }

  private changed(what: "progress" | "state"): void {
    if (what === "state") {
      clearTimeout(this.timer);
      this.timer = undefined;
      this.tell();
    } else {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.tell();
      }, progressEveryMs);
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
