import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Log } from "../../../platform/log";
import { needSpace } from "../downloads/disk";
import type { DownloadStatus } from "../downloads/downloadStatus";
import { Downloads, type DownloadsOptions } from "../downloads/downloads";
import { fileHash } from "../fileHash";
import { LibraryError } from "../libraryError";
import { type Archive, findArchive } from "./npmRegistry";
import type { RuntimePackage } from "./runtimePackages";

export interface InstallOptions {
  /** Gets a `node_modules` with the packages, and keeps half-fetched archives until the next try. */
  readonly folder: string;
  readonly registry: string;
  readonly unpackedBytes: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly onProgress: (step: "fetching" | "checking" | "unpacking", bytes: number, total: number | undefined) => void;
  /** For tests: shorter times. */
  readonly downloads?: Partial<DownloadsOptions>;
}

/**
 * Fetches packages of the runtime, checks each against its SHA-512 and unpacks it. What is there in the wanted version stays.
 * Rejects with a LibraryError or the signal's reason; a package is there whole or not at all, and what was fetched of an
 * archive is gone on with at the next call.
 */
export async function installPackages(packages: readonly RuntimePackage[], options: InstallOptions): Promise<void> {
  const { folder, unpackedBytes, signal } = options;
  await needSpace(folder, unpackedBytes, "CUDA");
  for (const wanted of packages) {
    if (await isInstalled(wanted, folder)) continue;
    const archive = await findArchive(options.registry, wanted, signal);
    const file = await fetched(wanted, archive, options);
    options.onProgress("checking", 0, undefined);
    const found = await fileHash(file, "sha512", signal);
    if (found !== archive.sha512) {
      await rm(file, { force: true });
      throw new LibraryError(
        "wrongHash",
        `${wanted.name} came from ${new URL(archive.url).host} and is not what it should be (SHA-512 ${found.slice(0, 12)}… instead of ${archive.sha512.slice(0, 12)}…). It was not kept. Try again, or with another registry.`,
      );
    }
    options.onProgress("unpacking", 0, undefined);
    await unpack(file, wanted, options);
    await rm(file, { force: true });
  }
}

/** Whether the package is there in its version. */
export async function isInstalled(wanted: RuntimePackage, folder: string): Promise<boolean> {
  return (await installedVersion(wanted, folder)) === wanted.version;
}

/** Whether one of the packages is there in another version, which the runtime passes over in silence, or damaged. */
export async function isOutdated(packages: readonly RuntimePackage[], folder: string): Promise<boolean> {
  const versions = await Promise.all(packages.map((each) => installedVersion(each, folder)));
  return versions.some((version, i) => version !== undefined && version !== packages[i]?.version);
}

/** Undefined where the package is not there; no version at all, "", where it does not say: installing replaces it. */
async function installedVersion({ name }: RuntimePackage, folder: string): Promise<string | undefined> {
  const file = path.join(folder, "node_modules", ...name.split("/"), "package.json");
  if (!existsSync(file)) return undefined;
  const found = versionIn(await readFile(file, "utf8"));
  return typeof found === "string" ? found : "";
}

function versionIn(packageJson: string): unknown {
  try {
    return (JSON.parse(packageJson) as { readonly version?: unknown } | null)?.version;
  } catch {
    return undefined; // cut short: a disk was full, a machine went off
  }
}

/** The archive's file, once all of it is there. */
async function fetched({ name, version }: RuntimePackage, { url }: Archive, options: InstallOptions): Promise<string> {
  const { folder, log, signal, onProgress } = options;
  const downloads = new Downloads({ folder, log, ...options.downloads });
  try {
    await downloads.open(signal);
    const file = `${name.replace("/", "-").replace("@", "")}-${version}.tgz`;
    const wanted = { name: `${name} ${version}`, files: [{ url, path: file, bytes: undefined, sha256: undefined }] };
    const ended = new Promise<DownloadStatus>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      downloads.onDidChange(() => {
        const status = downloads.get(file);
        if (status?.state === "done" || status?.state === "failed") resolve(status);
        else if (status) onProgress("fetching", status.receivedBytes, status.totalBytes);
      });
    });
    downloads.start(wanted);
    const { error } = await ended;
    if (error) throw new LibraryError(error.code, error.message);
    return path.join(folder, file);
  } finally {
    await downloads.dispose();
  }
}

/** Unpacked beside and renamed. The system's own tar does it: half a gigabyte is nothing for this process's event loop. */
async function unpack(archive: string, { name }: RuntimePackage, { folder, signal }: InstallOptions): Promise<void> {
  const scratch = `${path.basename(archive)}.unpacked`;
  const target = path.join(folder, "node_modules", ...name.split("/"));
  await rm(path.join(folder, scratch), { recursive: true, force: true });
  await mkdir(path.join(folder, scratch), { recursive: true });
  try {
    const flags = ["-xzf", path.basename(archive), "-C", scratch, "--strip-components=1"];
    await promisify(execFile)("tar", flags, { cwd: folder, signal });
    await mkdir(path.dirname(target), { recursive: true });
    await rm(target, { recursive: true, force: true });
    await rename(path.join(folder, scratch), target);
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message.trim() : String(error);
    throw new LibraryError("unreadable", `${name} could not be unpacked in ${folder} (${why}).`, { cause: error });
  } finally {
    await rm(path.join(folder, scratch), { recursive: true, force: true });
  }
}
