import { existsSync, readFileSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";

/** What is remembered of a file: [key, mtime, size, hash, tokens or null when binary, damaged]. */
export type CacheLine = readonly [string, number, number, string, number | null, 0 | 1];

/** Most files remembered for one tokenizer. */
export const maxCacheLines = 100_000;
/** Most tokenizers remembered. */
const maxCacheFiles = 8;
const linesInSlice = 500;

/** Counts known from earlier, looked up by the file's stamp first and by its content next. */
export class CountCache {
  private readonly byFile = new Map<string, CacheLine>();
  private readonly byContent = new Map<string, CacheLine>();

  add(line: CacheLine): void {
    this.byFile.set(line[0], line);
    this.byContent.set(line[3], line);
  }

  file(key: string, mtime: number, size: number): CacheLine | undefined {
    const line = this.byFile.get(key);
    return line && line[1] === mtime && line[2] === size ? line : undefined;
  }

  content(hash: string): CacheLine | undefined {
    return this.byContent.get(hash);
  }
}

/**
 * Reads a cache whole (in a counting thread: it blocks). A missing or damaged one, or one with another stamp, gives
 * an empty cache: everything can be counted again.
 */
export function readCountCache(file: string | undefined, stamp: string): CountCache {
  const cache = new CountCache();
  if (!file || !existsSync(file)) return cache;
  const [head, ...lines] = readFileSync(file, "utf8").split("\n");
  if (head !== stamp) return cache;
  for (const line of lines) {
    const parsed = parseLine(line);
    if (parsed) cache.add(parsed);
  }
  return cache;
}

/**
 * Writes lines under a stamp, a slice at a time, through a temporary file so that a crash leaves the old one.
 * Removes the caches of tokenizers used least recently.
 */
export async function writeCountCache(file: string, stamp: string, lines: Iterable<CacheLine>): Promise<void> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = `${file}.new`;
  const output = await open(temporary, "w");
  try {
    let slice: string[] = [stamp];
    let written = 0;
    for (const line of lines) {
      if (++written > maxCacheLines) break;
      slice.push(JSON.stringify(line));
      if (slice.length < linesInSlice) continue;
      await output.write(`${slice.join("\n")}\n`);
      slice = [];
      await nextTurn();
    }
    await output.write(`${slice.join("\n")}\n`);
  } finally {
    await output.close();
  }
  await rename(temporary, file);
  await removeOldest(folder);
}

async function removeOldest(folder: string): Promise<void> {
  const files = (await readdir(folder))
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => path.join(folder, name));
  const dated = await Promise.all(files.map(async (file) => ({ file, mtime: (await stat(file)).mtimeMs })));
  dated.sort((a, b) => b.mtime - a.mtime);
  for (const { file } of dated.slice(maxCacheFiles)) await rm(file, { force: true });
}

function parseLine(line: string): CacheLine | undefined {
  if (line === "") return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isCacheLine(value) ? value : undefined;
  } catch {
    // A line cut short by a full disk: that file is counted again.
    return undefined;
  }
}

function isCacheLine(value: unknown): value is CacheLine {
  if (!Array.isArray(value) || value.length !== 6) return false;
  const [key, mtime, size, hash, tokens, damaged] = value as unknown[];
  return (
    typeof key === "string" &&
    typeof mtime === "number" &&
    typeof size === "number" &&
    typeof hash === "string" &&
    (tokens === null || (typeof tokens === "number" && Number.isInteger(tokens) && tokens >= 0)) &&
    (damaged === 0 || damaged === 1)
  );
}
