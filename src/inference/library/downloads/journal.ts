import { open, readFile, rename, rm } from "node:fs/promises";
import * as v from "valibot";
import { LibraryError } from "../libraryError";
import type { DownloadRequest } from "./downloadStatus";

// What a download needs to go on after a restart, beside its ".part" files. Never a token.
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const requestSchema = v.object({
  name: v.string(),
  files: v.pipe(
    v.array(
      v.object({
        url: v.pipe(v.string(), v.regex(/^https?:\/\//)),
        path: v.pipe(v.string(), v.check(isSafePath, "leads out of the folder")),
        bytes: v.optional(count),
        sha256: v.optional(sha256),
      }),
    ),
    v.minLength(1),
    v.maxLength(1000),
  ),
});

const progressSchema = v.object({
  /** Of the whole file; undefined until the server said it. */
  bytes: v.optional(count),
  /** Identify the file's version at the server. */
  etag: v.optional(v.string()),
  lastModified: v.optional(v.string()),
  /** Undefined until tried. */
  ranges: v.optional(v.boolean()),
  pieceBytes: v.pipe(count, v.minValue(1)),
  /** Bytes of each piece that are on disk, from the piece's beginning. */
  received: v.array(count),
  /** The hash was found right; what is left is to rename it. */
  verified: v.boolean(),
});

const journalSchema = v.object({ version: v.literal(1), request: requestSchema, files: v.array(progressSchema) });

/** As it is while it runs: changed in place, written down now and then. */
export type FileProgress = v.InferOutput<typeof progressSchema>;

export interface Journal {
  readonly version: 1;
  readonly request: DownloadRequest;
  readonly files: FileProgress[];
}

export const journalEnding = ".download.json";

/** Throws LibraryError `badInput` for what cannot be carried out: no address, a path that leads out of the folder. */
export function checkRequest(request: DownloadRequest): DownloadRequest {
  const parsed = v.safeParse(requestSchema, request);
  if (parsed.success && new Set(request.files.map((file) => file.path)).size === request.files.length)
    return whole(parsed.output);
  const why = parsed.issues?.map((issue) => `${v.getDotPath(issue) ?? ""} ${issue.message}`).join("; ");
  throw new LibraryError("badInput", `This cannot be downloaded: ${why ?? "two of its files have one name"}.`);
}

function whole({ name, files }: v.InferOutput<typeof requestSchema>): DownloadRequest {
  return { name, files: files.map((file) => ({ ...file, bytes: file.bytes, sha256: file.sha256 })) };
}

/** Undefined where there is none, or none that can be read: such a download starts anew. */
export async function readJournal(file: string): Promise<Journal | undefined> {
  try {
    const { success, output } = v.safeParse(journalSchema, JSON.parse(await readFile(file, "utf8")));
    if (!success || output.files.length !== output.request.files.length) return undefined;
    return { ...output, request: whole(output.request) };
  } catch {
    return undefined;
  }
}

/** Written beside and renamed: a crash leaves the one before. */
export async function writeJournal(file: string, journal: Journal): Promise<void> {
  const next = `${file}.new`;
  const handle = await open(next, "w");
  try {
    await handle.writeFile(JSON.stringify(journal));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}

export async function removeJournal(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(`${file}.new`, { force: true });
}

/** A relative path with forward slashes that stays below its folder on every platform. */
function isSafePath(file: string): boolean {
  return file.split("/").every((name) => /^[^<>:"|?*\\/\p{Cc}]{1,200}$/u.test(name) && !/^\.+$|[. ]$/.test(name));
}
