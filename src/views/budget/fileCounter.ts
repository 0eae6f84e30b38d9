import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import type { Tokenizer } from "../../tokenizers";
import { fileText } from "../../tokenizers/fileText";
import type { CacheLine, CountCache } from "./countCache";
import type { CountOutcome, CountRequest, FileStamp } from "./countProtocol";

/** Counts the tokens of files one after the other, in a counting thread (it blocks). */
export class FileCounter {
  constructor(
    private readonly tokenizer: Tokenizer,
    private readonly cache: CountCache,
    private readonly maxBytes: number,
  ) {}

  count(request: CountRequest): CountOutcome {
    try {
      return this.look(request);
    } catch (error) {
      if (isErrno(error) && error.code === "ENOENT") return { kind: "gone" };
      return { kind: "skipped", reason: "unreadable", detail: reasonFor(error) };
    }
  }

  private look(request: CountRequest): CountOutcome {
    const stamp = request.path === undefined ? (request.stamp ?? { mtime: 0, size: 0 }) : stampOf(request.path);
    if (!stamp) return { kind: "skipped", reason: "special" };
    if (stamp.size > this.maxBytes) return { kind: "skipped", reason: "tooLarge", ...stamp };
    const known = this.cache.file(request.key, stamp.mtime, stamp.size);
    if (known) return fromLine(known);
    const bytes = request.bytes ?? (request.path === undefined ? undefined : readFileSync(request.path));
    if (!bytes) return { kind: "bytesNeeded" };
    return this.countBytes(request.key, stamp, bytes);
  }

  private countBytes(key: string, stamp: FileStamp, bytes: Uint8Array): CountOutcome {
    const { mtime, size } = stamp;
    const hash = createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
    const same = this.cache.content(hash);
    const line: CacheLine = same ? [key, mtime, size, hash, same[4], same[5]] : this.tokenize(key, stamp, hash, bytes);
    this.cache.add(line);
    return fromLine(line);
  }

  private tokenize(key: string, { mtime, size }: FileStamp, hash: string, bytes: Uint8Array): CacheLine {
    const content = fileText(bytes);
    if (!content) return [key, mtime, size, hash, null, 0];
    return [key, mtime, size, hash, this.tokenizer.count(content.text), content.damaged ? 1 : 0];
  }
}

function fromLine([, mtime, size, hash, tokens, damaged]: CacheLine): CountOutcome {
  if (tokens === null) return { kind: "skipped", reason: "binary", mtime, size, hash };
  return { kind: "counted", tokens, mtime, size, hash, damaged: damaged === 1 };
}

/** Undefined for what is no regular file: reading a pipe would wait for ever. */
function stampOf(path: string): FileStamp | undefined {
  const stat = statSync(path);
  return stat.isFile() ? { mtime: stat.mtimeMs, size: stat.size } : undefined;
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error;
}

function reasonFor(error: unknown): string {
  if (isErrno(error) && error.code === "EACCES") return "no permission to read it";
  return error instanceof Error ? error.message : String(error);
}
