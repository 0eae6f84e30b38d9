import { FileType, Uri, workspace } from "vscode";
import type { SkipReason } from "./countProtocol";
import type { Globs } from "./globs";
import type { IgnoreFiles } from "./ignoreFiles";
import { Slices } from "./slices";

/** A file met on the way, or a place that cannot be counted and why. */
export interface WalkEntry {
  readonly uri: Uri;
  /** From the workspace folder, with forward slashes. */
  readonly path: string;
  readonly skip?: { readonly reason: SkipReason; readonly detail?: string };
}

/** What to leave out of a workspace folder. `ignores` is filled on the way. */
export interface WalkRules {
  readonly ignores: IgnoreFiles;
  readonly excludes: Globs;
  /** Paths of other workspace folders inside this one: each file is counted in the deepest. */
  readonly otherRoots: ReadonlySet<string>;
}

/** Folders listed at a time. */
const width = 16;

/**
 * Goes through a folder and everything below it that the rules leave in, and gives each file to `found`. Links are
 * not followed, so there are no loops and nothing counts twice; they are given with the reason.
 */
export async function walk(
  root: Uri,
  start: string,
  rules: WalkRules,
  found: (entry: WalkEntry) => void,
  signal: AbortSignal,
): Promise<void> {
  const slices = new Slices();
  let level = [start];
  while (level.length > 0) {
    const below: string[] = [];
    for (let i = 0; i < level.length; i += width) {
      const group = level.slice(i, i + width);
      const listings = await Promise.all(group.map((folder) => list(root, folder, rules.ignores)));
      for (const [j, entries] of listings.entries()) {
        const folder = group[j] ?? "";
        if (!Array.isArray(entries)) {
          const path = folder === "" ? (root.path.split("/").at(-1) ?? "/") : folder;
          found({ uri: at(root, folder), path, skip: { reason: "unreadable", detail: entries.message } });
          continue;
        }
        const siblings = new Set(entries.map(([name]) => name));
        for (const [name, type] of entries) {
          await slices.pause();
          if (signal.aborted) return;
          const path = folder === "" ? name : `${folder}/${name}`;
          if (isLeftOut(path, type, siblings, rules)) continue;
          if (type === FileType.Directory) below.push(path);
          else found({ uri: at(root, path), path, ...skipFor(type) });
        }
      }
    }
    level = below;
  }
}

/** True for a path that the rules leave out; `siblings` are the names in its folder. */
export function isLeftOut(path: string, type: FileType, siblings: ReadonlySet<string>, rules: WalkRules): boolean {
  return (
    path === ".git" ||
    path.endsWith("/.git") ||
    rules.otherRoots.has(path) ||
    rules.excludes.match(path, siblings) ||
    rules.ignores.ignores(path, type === FileType.Directory)
  );
}

/** The names and types in a folder, its own `.gitignore` taken in first; the error where it cannot be listed. */
async function list(root: Uri, folder: string, ignores: IgnoreFiles): Promise<[string, FileType][] | Error> {
  try {
    const entries = await workspace.fs.readDirectory(at(root, folder));
    if (entries.some(([name, type]) => name === ".gitignore" && type === FileType.File)) {
      const content = await workspace.fs.readFile(at(root, folder === "" ? ".gitignore" : `${folder}/.gitignore`));
      ignores.set(folder, new TextDecoder().decode(content));
    }
    return entries;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function skipFor(type: FileType): Pick<WalkEntry, "skip"> {
  if (type & FileType.SymbolicLink) return { skip: { reason: "link" } };
  if (type !== FileType.File) return { skip: { reason: "special" } };
  return {};
}

function at(root: Uri, path: string): Uri {
  return path === "" ? root : Uri.joinPath(root, path);
}
