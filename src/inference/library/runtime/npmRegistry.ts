import * as v from "valibot";
import { LibraryError } from "../libraryError";
import { get } from "../net/request";
import { withRetries } from "../net/retry";
import type { RuntimePackage } from "./runtimePackages";

// One version of a package, as GET REGISTRY/NAME/VERSION answers (npm's registry API).
const versionSchema = v.object({
  dist: v.object({ tarball: v.string(), integrity: v.pipe(v.string(), v.regex(/^sha512-[A-Za-z0-9+/]{86}==$/)) }),
});
const retry = { attempts: 3, firstDelayMs: 500, longestDelayMs: 5000 };

/** Where a package's archive is and the SHA-512 it must have, in hex. */
export interface Archive {
  readonly url: string;
  readonly sha512: string;
}

/**
 * Asks a registry for a package. Where the package's hash is known beforehand, the registry has to name the same one. Rejects
 * with a LibraryError, or the signal's reason.
 */
export async function findArchive(
  registry: string,
  { name, version, integrity }: RuntimePackage,
  signal: AbortSignal,
): Promise<Archive> {
  const url = `${registry.replace(/\/+$/, "")}/${name.replace("/", "%2f")}/${version}`;
  const what = `${name} ${version}`;
  const once = () => get(url, { signal, timeoutMs: 30_000, what, headers: { accept: "application/json" } });
  const { response, host } = await withRetries(retry, signal, once, () => {});
  const parsed = v.safeParse(versionSchema, await response.json().catch(() => undefined));
  if (!parsed.success)
    throw new LibraryError(
      "server",
      `${host} does not answer as an npm registry does for ${what}. Check the setting promptscope.local.runtimeRegistry.`,
    );
  const { dist } = parsed.output;
  if (integrity !== undefined && dist.integrity !== integrity)
    throw new LibraryError(
      "wrongHash",
      `${host} names another ${what} than the one Promptscope was tested with. Nothing was fetched; try another registry.`,
    );
  return { url: dist.tarball, sha512: Buffer.from(dist.integrity.slice("sha512-".length), "base64").toString("hex") };
}
