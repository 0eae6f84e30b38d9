import { open, readFile, rm, stat, utimes } from "node:fs/promises";
import { LibraryError } from "../libraryError";

/** A lock that was not renewed for this long belongs to a process that is gone. */
const staleMs = 60_000;
const renewMs = 15_000;

/**
 * Keeps other windows from writing the same files. The lock is a file with the owner's process id, renewed while it is held;
 * one whose process is gone is taken over. Gives the function that gives it back. Throws LibraryError `busy`.
 */
export async function lock(file: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return holding(file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (await isHeld(file)) break;
      await rm(file, { force: true });
    }
  }
  throw new LibraryError("busy", "Another window is downloading this model. It goes on there.");
}

export async function isHeld(file: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    const pid = Number(await readFile(file, "utf8"));
    // Just made, its owner not yet written into it.
    if (pid === 0) return Date.now() - mtimeMs < 5000;
    return Date.now() - mtimeMs < staleMs && isRunning(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process runs all the same.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function holding(file: string): () => Promise<void> {
  const timer = setInterval(() => {
    const now = new Date();
    // A lock whose file was taken away cannot be renewed; the download goes on.
    utimes(file, now, now).catch(() => {});
  }, renewMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await rm(file, { force: true });
  };
}
