import { type FileHandle, open } from "node:fs/promises";
import { LibraryError } from "../libraryError";
import { type Answer, connectionFailure, get, PassingError } from "../net/request";
import { type RetryRule, withRetries } from "../net/retry";
import { writeFailure } from "./disk";
import type { DownloadFile } from "./downloadStatus";
import type { FileProgress } from "./journal";
import { fitToDisk, forget, type Piece, pieces, receivedBytes } from "./pieces";

export interface TransferOptions {
  /** Requests side by side. */
  readonly connections: number;
  readonly retry: RetryRule;
  /** A connection that brings nothing for this long is given up and tried again. */
  readonly stallMs: number;
  readonly token: (origin: string) => Promise<string | undefined>;
}

export interface TransferHooks {
  received(): void;
  /** The file's size is known now: the time to look at the disk. */
  sized(): Promise<void>;
  /** What `progress` says is safely on disk: a good moment to write it down. */
  safe(): Promise<void>;
  servedBy(host: string): void;
  note(text: string | undefined): void;
}

/** The server has another version of the file than the one that was begun. */
class ChangedError extends Error {}

/** How often a file that changes meanwhile is begun anew. */
const mostRestarts = 3;
const safeEveryMs = 2000;

/**
 * Fetches what is missing of one file into `part`: several ranges side by side where the server gives ranges, otherwise in one
 * stream from the beginning. `progress` is kept up to date, bytes counting once they are written. A range is asked for with
 * If-Range, and a file that changed at the server is begun anew.
 */
export async function transfer(
  file: DownloadFile,
  part: string,
  progress: FileProgress,
  options: TransferOptions,
  hooks: TransferHooks,
  signal: AbortSignal,
): Promise<void> {
  const handle = await openPart(part);
  try {
    fitToDisk(progress, (await handle.stat()).size);
    const run = new Transfer(file, handle, part, progress, options, hooks);
    for (let restarts = 0; ; restarts++) {
      try {
        await run.fetchMissing(signal);
        await handle.truncate(progress.bytes);
        return await handle.datasync();
      } catch (error) {
        if (!(error instanceof ChangedError)) throw error;
        forget(progress);
        await handle.truncate(0);
        hooks.received();
        if (restarts >= mostRestarts)
          throw new LibraryError("changed", `${name(file)} keeps changing at ${host(file)}. Try again later.`);
      }
    }
  } finally {
    await handle.close();
  }
}

class Transfer {
  private safeAt = performance.now();
  /** The most that one stream brought, of a server without ranges. */
  private furthest = 0;

  constructor(
    private readonly file: DownloadFile,
    private readonly handle: FileHandle,
    private readonly part: string,
    private readonly progress: FileProgress,
    private readonly options: TransferOptions,
    private readonly hooks: TransferHooks,
  ) {}

  async fetchMissing(signal: AbortSignal): Promise<void> {
    if (this.progress.bytes === undefined) {
      await this.retrying(signal, () => this.probe(signal));
      await this.hooks.sized();
    }
    if (this.progress.ranges) await this.fetchPieces(signal);
    else await this.retrying(signal, (progressed) => this.fetchStream(signal, progressed));
  }

  /** Asks for one byte: the answer says how large the file is, which version, and whether there are ranges. */
  private async probe(signal: AbortSignal): Promise<void> {
    const { response } = await this.ask({ range: "bytes=0-0" }, signal);
    await response.body?.cancel();
    const { progress } = this;
    const range = contentRange(response);
    progress.ranges = response.status === 206 && range?.total !== undefined;
    const total = progress.ranges ? range?.total : contentLength(response);
    if (total !== undefined) progress.bytes = this.agreed(total);
    const etag = response.headers.get("etag");
    const modified = response.headers.get("last-modified");
    if (etag) progress.etag = etag;
    if (modified) progress.lastModified = modified;
  }

  private async fetchPieces(signal: AbortSignal): Promise<void> {
    const { progress } = this;
    const missing = pieces(progress).filter((piece) => this.missing(piece) > 0);
    for (const { index } of pieces(progress)) progress.received[index] ??= 0;
    // The first failure ends the others.
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const work = async () => {
      for (let piece = missing.shift(); piece; piece = missing.shift()) {
        const mine = piece;
        await this.retrying(both, (progressed) => this.fetchPiece(mine, both, progressed));
      }
    };
    const workers = Array.from({ length: this.options.connections }, () =>
      work().catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    );
    await Promise.allSettled(workers);
    signal.throwIfAborted();
    stop.signal.throwIfAborted();
  }

  private async fetchPiece(piece: Piece, signal: AbortSignal, progressed: () => void): Promise<void> {
    const { progress } = this;
    if (this.missing(piece) <= 0) return;
    const from = piece.start + (progress.received[piece.index] ?? 0);
    const headers = { range: `bytes=${from}-${piece.end - 1}`, ...this.ifRange() };
    const answer = await this.ask(headers, signal);
    const { response } = answer;
    const range = contentRange(response);
    const other =
      response.status !== 206 || range?.start !== from || range.total !== progress.bytes || this.isOther(response);
    if (other) {
      await response.body?.cancel();
      throw new ChangedError();
    }
    await this.write(answer, from, piece.end, signal, (bytes) => {
      progress.received[piece.index] = (progress.received[piece.index] ?? 0) + bytes;
      progressed();
    });
    if (this.missing(piece) > 0) throw this.ended(answer.host);
  }

  /** A server without ranges: all of it, from the beginning. */
  private async fetchStream(signal: AbortSignal, progressed: () => void): Promise<void> {
    const { progress } = this;
    const before = this.furthest;
    const end = progress.bytes ?? Number.POSITIVE_INFINITY;
    progress.received = [0];
    progress.pieceBytes = Number.isFinite(end) ? end : progress.pieceBytes;
    this.hooks.received();
    const answer = await this.ask({}, signal);
    const length = contentLength(answer.response);
    if (
      this.isOther(answer.response) ||
      (length !== undefined && progress.bytes !== undefined && length !== progress.bytes)
    ) {
      await answer.response.body?.cancel();
      throw new ChangedError();
    }
    await this.write(answer, 0, end, signal, (bytes) => {
      progress.received[0] = (progress.received[0] ?? 0) + bytes;
      this.furthest = Math.max(this.furthest, receivedBytes(progress));
      // The same bytes once more are none that were missing.
      if (this.furthest > before) progressed();
    });
    const received = receivedBytes(progress);
    if (progress.bytes === undefined) progress.bytes = this.agreed(received);
    if (received < progress.bytes) throw this.ended(answer.host);
  }

  /** Writes a body from `from` on; bytes from `end` on are too many. */
  private async write(
    { response, host: served }: Answer,
    from: number,
    end: number,
    signal: AbortSignal,
    written: (bytes: number) => void,
  ): Promise<void> {
    this.hooks.servedBy(served);
    if (!response.body) return;
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let at = from;
    try {
      for (;;) {
        const chunk = await this.next(reader, served, signal);
        if (chunk === undefined) return;
        if (at + chunk.length > end)
          throw new LibraryError(
            "server",
            `${served} sends more of ${name(this.file)} than it was asked for. Try another mirror.`,
          );
        await this.writeAt(chunk, at);
        at += chunk.length;
        written(chunk.length);
        this.hooks.received();
        await this.keepSafe();
      }
    } finally {
      await reader.cancel().catch(() => {}); // Its connection may have failed already, which has been told.
    }
  }

  /** Every few seconds, so that little is fetched twice after a crash. */
  private async keepSafe(): Promise<void> {
    if (performance.now() - this.safeAt < safeEveryMs) return;
    // One connection at a time, however long the disk takes.
    this.safeAt = Number.POSITIVE_INFINITY;
    await this.handle.datasync();
    await this.hooks.safe();
    this.safeAt = performance.now();
  }

  private async next(
    reader: ReadableStreamDefaultReader<Uint8Array>,
    served: string,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const stalled = new Promise<never>((_, reject) => {
      const { stallMs } = this.options;
      timer = setTimeout(() => reject(new Error(`nothing came for ${stallMs / 1000} s`)), stallMs);
    });
    try {
      return (await Promise.race([reader.read(), stalled])).value;
    } catch (error) {
      signal.throwIfAborted();
      const why = connectionFailure(error);
      throw new PassingError("network", `The connection to ${served} ended (${why}).`, undefined, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  private async writeAt(chunk: Uint8Array, at: number): Promise<void> {
    try {
      for (let done = 0; done < chunk.length; ) {
        const { bytesWritten } = await this.handle.write(chunk, done, chunk.length - done, at + done);
        done += bytesWritten;
      }
    } catch (error) {
      throw writeFailure(error, this.part);
    }
  }

  private async ask(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    const answer = await get(this.file.url, {
      signal,
      // Ranges of a compressed body would be ranges of something else.
      headers: { ...headers, "accept-encoding": "identity" },
      token: await this.options.token(new URL(this.file.url).origin),
      timeoutMs: this.options.stallMs,
      what: name(this.file),
    });
    if (answer.response.status !== 416) return answer;
    await answer.response.body?.cancel();
    if (this.progress.bytes !== undefined) throw new ChangedError();
    throw new LibraryError("server", `${answer.host} has an empty file for ${name(this.file)}.`);
  }

  /** The validator has to be a strong one (RFC 9110, 13.1.5). */
  private ifRange(): Record<string, string> {
    const { etag, lastModified } = this.progress;
    if (etag && !etag.startsWith("W/")) return { "if-range": etag };
    return lastModified && !etag ? { "if-range": lastModified } : {};
  }

  private isOther({ headers }: Response): boolean {
    const { etag, lastModified } = this.progress;
    const [now, modified] = [headers.get("etag"), headers.get("last-modified")];
    if (etag !== undefined && now !== null) return etag !== now;
    return lastModified !== undefined && modified !== null && lastModified !== modified;
  }

  private agreed(bytes: number): number {
    if (bytes === (this.file.bytes ?? bytes)) return bytes;
    const n = (value: number | undefined) => (value ?? 0).toLocaleString("en");
    throw new LibraryError(
      "changed",
      `${host(this.file)} has ${n(bytes)} bytes for ${name(this.file)} and listed ${n(this.file.bytes)}. Look at the model's files again, then start anew.`,
    );
  }

  private ended(served: string): PassingError {
    const { bytes } = this.progress;
    const of = bytes === undefined ? "" : ` of ${bytes.toLocaleString("en")}`;
    const received = receivedBytes(this.progress).toLocaleString("en");
    return new PassingError("network", `The connection to ${served} ended after ${received}${of} bytes.`);
  }

  private missing(piece: Piece): number {
    return piece.end - piece.start - (this.progress.received[piece.index] ?? 0);
  }

  private retrying(signal: AbortSignal, work: (progressed: () => void) => Promise<void>): Promise<void> {
    return withRetries(this.options.retry, signal, work, this.hooks.note);
  }
}

async function openPart(part: string): Promise<FileHandle> {
  try {
    // "r+" fails where there is none, and "w+" would empty the one that is there.
    return await open(part, "r+").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return open(part, "w+");
      throw error;
    });
  } catch (error) {
    throw writeFailure(error, part);
  }
}

function contentRange({ headers }: Response): { start: number; total: number | undefined } | undefined {
  const match = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
  return match ? { start: Number(match[1]), total: match[2] === "*" ? undefined : Number(match[2]) } : undefined;
}

function contentLength({ headers }: Response): number | undefined {
  const value = headers.get("content-length");
  return value !== null && !headers.get("content-encoding") && /^\d+$/.test(value) ? Number(value) : undefined;
}

function name(file: DownloadFile): string {
  return file.path.split("/").at(-1) ?? file.path;
}

function host(file: DownloadFile): string {
  return new URL(file.url).host;
}
