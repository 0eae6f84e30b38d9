import { type FileHandle, open } from "node:fs/promises";
import type { RangeReader } from "../../../tokenizers/gguf/byteCursor";
import { LibraryError } from "../libraryError";

/** Opens a file for `work`, with reads that end when the signal does, and closes it whatever happens. */
export async function withFile<T>(
  path: string,
  signal: AbortSignal,
  work: (file: RangeReader) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new LibraryError("unreadable", `${path} is no file.`);
    return await work(new FileReader(path, handle, stat.size, signal));
  } finally {
    await handle.close();
  }
}

class FileReader implements RangeReader {
  constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    readonly size: number,
    private readonly signal: AbortSignal,
  ) {}

  async read(offset: number, length: number): Promise<Uint8Array> {
    this.signal.throwIfAborted();
    try {
      const { buffer, bytesRead } = await this.handle.read(Buffer.allocUnsafe(length), 0, length, offset);
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      throw unreadable(this.path, error);
    }
  }
}

export function unreadable(path: string, cause: unknown): LibraryError {
  const code = (cause as NodeJS.ErrnoException).code;
  const why =
    code === "ENOENT"
      ? "it is not there"
      : code === "EACCES" || code === "EPERM"
        ? "you may not read it"
        : cause instanceof Error
          ? cause.message
          : String(cause);
  return new LibraryError("unreadable", `${path} could not be read: ${why}.`, { cause });
}
