import type { FileProgress } from "./journal";

/** A stretch of a file that is fetched by one request at a time. */
export interface Piece {
  readonly index: number;
  readonly start: number;
  /** Behind its last byte. */
  readonly end: number;
}

export function emptyProgress(pieceBytes: number): FileProgress {
  return { pieceBytes, received: [], verified: false };
}

/** The pieces of a file whose size is known. */
export function pieces({ bytes = 0, pieceBytes }: FileProgress): readonly Piece[] {
  return Array.from({ length: Math.ceil(bytes / pieceBytes) }, (_, index) => ({
    index,
    start: index * pieceBytes,
    end: Math.min(bytes, (index + 1) * pieceBytes),
  }));
}

export function receivedBytes({ received }: FileProgress): number {
  return received.reduce((sum, bytes) => sum + bytes, 0);
}

/** What the server says of the file belongs to another version of it: nothing that came before can be used. */
export function forget(progress: FileProgress): void {
  progress.received = [];
  progress.verified = false;
  delete progress.bytes;
  delete progress.etag;
  delete progress.lastModified;
  delete progress.ranges;
}

/** Lets go of what the journal claims and the file on disk does not have. */
export function fitToDisk(progress: FileProgress, bytesOnDisk: number): void {
  progress.received = progress.received.map((received, index) =>
    Math.max(0, Math.min(received, bytesOnDisk - index * progress.pieceBytes)),
  );
}
