import { createHash } from "node:crypto";

/** What a hub answers that cannot be used; the message says what happened and what to do next. */
export class HubError extends Error {
  override readonly name = "HubError";
}

/** No tokenizer.json is anywhere near as large. */
export const mostBytes = 64_000_000;
const file = "tokenizer.json";
const timeoutMs = 30_000;

export interface HubFile {
  readonly bytes: Uint8Array;
  /** The commit it is of. */
  readonly revision: string | undefined;
  /** Its content was held against the hash that the hub gives for it. */
  readonly verified: boolean;
}

/** "Qwen/Qwen3-8B" from an id or a page's address; undefined for what is neither. */
export function repositoryId(text: string): string | undefined {
  const id = text
    .trim()
    .replace(/^https?:\/\/[^/]+\//, "")
    .replace(/\/(?:tree|blob|resolve)\/.*$/, "")
    .replace(/\/+$/, "");
  return /^[\w.-]{1,96}(?:\/[\w.-]{1,96})?$/.test(id) && !id.includes("..") ? id : undefined;
}

/**
 * Fetches a repository's tokenizer.json from a hub that speaks as huggingface.co does. `progress` is told the bytes so
 * far and the total where the hub says it. Rejects with HubError, or with the abort's reason.
 */
export async function fetchTokenizerJson(
  hub: string,
  id: string,
  signal: AbortSignal,
  progress: (bytes: number, total: number | undefined) => void,
): Promise<HubFile> {
  const host = new URL(hub).host;
  const address = (revision: string): string => `${hub.replace(/\/+$/, "")}/${id}/resolve/${revision}/${file}`;
  const head = await ask(address("main"), { method: "HEAD", redirect: "manual", signal }, host, id);
  const revision = head.headers.get("x-repo-commit") ?? undefined;
  const hash = (head.headers.get("x-linked-etag") ?? head.headers.get("etag"))?.replace(/^W\/|"/g, "");
  const response = await ask(address(revision ?? "main"), { signal }, host, id);
  const bytes = await body(response, host, signal, progress);
  const verified = verify(bytes, hash, id, host);
  return { bytes, revision, verified };
}

async function ask(
  url: string,
  init: RequestInit & { signal: AbortSignal },
  host: string,
  id: string,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, signal: AbortSignal.any([init.signal, AbortSignal.timeout(timeoutMs)]) });
  } catch (error) {
    if (init.signal.aborted) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new HubError(
      `${host} could not be reached (${cause}). Check the connection or the setting promptscope.hub.url.`,
    );
  }
  if (response.ok || (response.status >= 300 && response.status < 400)) return response;
  if (response.status === 401 || response.status === 403)
    throw new HubError(
      `${host} does not hand out ${id} without an account or an accepted licence. Get its ${file} there with a browser, then add it from the file.`,
    );
  if (response.status === 404)
    throw new HubError(
      `${host} has no ${file} in ${id}. Check the name; some models have a GGUF or another format instead.`,
    );
  throw new HubError(`${host} answered ${response.status} for ${id}. Try again later.`);
}

async function body(
  response: Response,
  host: string,
  signal: AbortSignal,
  progress: (bytes: number, total: number | undefined) => void,
): Promise<Uint8Array> {
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  // The length is that of the compressed body where there is one.
  const total = Number.isFinite(length) && !response.headers.get("content-encoding") ? length : undefined;
  if (total !== undefined && total > mostBytes) throw tooLarge(host);
  const parts: Uint8Array[] = [];
  let received = 0;
  try {
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      parts.push(part);
      received += part.length;
      progress(received, total);
      if (received > mostBytes) break;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const of = total === undefined ? "" : ` of ${total}`;
    throw new HubError(`The connection to ${host} ended after ${received}${of} bytes. Try again.`);
  }
  if (received > mostBytes) throw tooLarge(host);
  return Buffer.concat(parts);
}

function tooLarge(host: string): HubError {
  return new HubError(`What ${host} sends is larger than ${mostBytes / 1_000_000} MB: that is no ${file}.`);
}

/** LFS files have their SHA-256 as etag, small ones their git blob's SHA-1; anything else cannot be checked. */
function verify(bytes: Uint8Array, hash: string | undefined, id: string, host: string): boolean {
  const own =
    hash?.length === 64
      ? createHash("sha256").update(bytes).digest("hex")
      : createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  if (hash === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(hash)) return false;
  if (own === hash) return true;
  throw new HubError(
    `What ${host} sent for ${id} does not have the hash it gives for it (${hash}). It was not kept; try again.`,
  );
}
