import type { LibraryErrorCode } from "../libraryError";

/** A model to be fetched: one file, or the parts of a split one, which become usable together. Plain data, kept on disk. */
export interface DownloadRequest {
  /** What a person reads: "Qwen3 0.6B Q8_0". */
  readonly name: string;
  /** In the order of the parts. */
  readonly files: readonly DownloadFile[];
}

export interface DownloadFile {
  /** http or https, without credentials. */
  readonly url: string;
  /** Where it goes, below the folder of downloads, with forward slashes: "Qwen/Qwen3-0.6B-GGUF/Qwen3-0.6B-Q8_0.gguf". */
  readonly path: string;
  /** As the hub lists it; undefined where it is not known. */
  readonly bytes: number | undefined;
  /** Hex; undefined where nothing names it, and then only the size and the GGUF itself can be checked. */
  readonly sha256: string | undefined;
}

/**
 * `waiting` for its turn; `running`; `verifying` (all bytes are there, the hash is computed); `paused` by a person or by the
 * end of the editor; `done`; `failed`, and `resume` tries again from what was kept.
 */
export type DownloadState = "waiting" | "running" | "verifying" | "paused" | "done" | "failed";

export interface DownloadStatus {
  /** Stable across restarts. */
  readonly id: string;
  readonly request: DownloadRequest;
  readonly state: DownloadState;
  readonly receivedBytes: number;
  /** Undefined until the server said it. */
  readonly totalBytes: number | undefined;
  /** Of the last seconds; undefined before there is something to measure. */
  readonly bytesPerSecond: number | undefined;
  readonly secondsLeft: number | undefined;
  /** While `verifying`: bytes hashed so far. */
  readonly verifiedBytes: number;
  /** The host that the bytes come from: the hub hands over to others. */
  readonly servedBy: string | undefined;
  /** A line on what it waits for: "The host asked to wait 20 s." */
  readonly note: string | undefined;
  readonly error: { readonly code: LibraryErrorCode; readonly message: string } | undefined;
  /** Full paths of the finished files. */
  readonly paths: readonly string[];
}
