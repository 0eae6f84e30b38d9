import type { Dirent } from "node:fs";
import { opendir, realpath, stat } from "node:fs/promises";
import path from "node:path";

/** More than any collection of models has; keeps a scan of a whole disk by mistake short. */
export interface WalkLimits {
  readonly depth: number;
  readonly folders: number;
  readonly files: number;
}

export interface Walked {
  /** As reached, links not followed. */
  readonly path: string;
  /** Where the file really lies. */
  readonly realPath: string;
  readonly bytes: number;
}

export interface WalkReport {
  folder(path: string): void;
  file(): void;
  unread(path: string, error: unknown): void;
  incomplete(): void;
}

/** Folders that hold no models and many files. */
const passedOver = new Set([".git", "node_modules", "$RECYCLE.BIN", "System Volume Information"]);

/**
 * Every file below `root` that `wanted` accepts by name, links followed; each folder is entered once, so that links which
 * lead back do no harm. Ends when the signal does.
 */
export async function* walk(
  root: string,
  wanted: (name: string) => boolean,
  limits: WalkLimits,
  report: WalkReport,
  signal: AbortSignal,
): AsyncGenerator<Walked> {
  const seen = new Set<string>();
  const open: { folder: string; depth: number }[] = [{ folder: root, depth: 0 }];
  let files = 0;
  for (let next = open.shift(); next; next = open.shift()) {
    signal.throwIfAborted();
    const { folder, depth } = next;
    if (seen.size >= limits.folders) return report.incomplete();
    try {
      const real = await realpath(folder);
      if (seen.has(real)) continue;
      seen.add(real);
      report.folder(folder);
      for await (const entry of await opendir(folder)) {
        signal.throwIfAborted();
        if (++files > limits.files) return report.incomplete();
        report.file();
        const child = path.join(folder, entry.name);
        const kind = await kindOf(entry, child);
        if (kind === "folder" && passedOver.has(entry.name)) continue;
        if (kind === "folder" && depth >= limits.depth) report.incomplete();
        else if (kind === "folder") open.push({ folder: child, depth: depth + 1 });
        else if (kind === "file" && wanted(entry.name)) {
          yield { path: child, realPath: await realpath(child), bytes: (await stat(child)).size };
        } else if (kind === "broken" && wanted(entry.name)) {
          report.unread(child, new Error("it is a link to a file that is not there"));
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      report.unread(folder, error);
    }
  }
}

async function kindOf(entry: Dirent, file: string): Promise<"folder" | "file" | "broken" | "other"> {
  if (entry.isDirectory()) return "folder";
  if (entry.isFile()) return "file";
  if (!entry.isSymbolicLink()) return "other";
  const target = await stat(file).catch(() => undefined);
  return target === undefined ? "broken" : target.isDirectory() ? "folder" : target.isFile() ? "file" : "other";
}
