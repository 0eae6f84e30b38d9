import { mkdir, statfs } from "node:fs/promises";
import { LibraryError } from "../libraryError";

/** Left free beside a download, for everything else. */
const spare = 64 << 20;

/** Makes the folder and throws LibraryError `diskFull` where `bytes` more do not fit on its disk. */
export async function needSpace(folder: string, bytes: number, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (bytes + spare <= free) return;
  throw new LibraryError(
    "diskFull",
    `${name} needs ${gigabytes(bytes)} more and the disk of ${folder} has ${gigabytes(free)} free. Make room or choose another folder, then go on.`,
  );
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toLocaleString("en", { maximumFractionDigits: bytes < 1e8 ? 3 : 1 })} GB`;
}

/** What a failed write is told as. */
export function writeFailure(error: unknown, file: string): LibraryError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new LibraryError(
      "diskFull",
      `The disk is full: ${file} could not be written on. What is there is kept; make room, then go on.`,
      { cause: error },
    );
  return new LibraryError("unreadable", `${file} could not be written (${message}).`, { cause: error });
}
