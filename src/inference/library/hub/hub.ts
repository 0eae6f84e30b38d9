import * as v from "valibot";
import type { DownloadRequest } from "../downloads/downloadStatus";
import { modelName, quantizationInName, splitName } from "../gguf/splitFiles";
import { LibraryError } from "../libraryError";
import { type Answer, get } from "../net/request";
import { withRetries } from "../net/retry";
import type { HubFile, HubListing, HubModel, HubModelFiles, HubOptions } from "./hubModels";

// The API that huggingface.co documents and @huggingface/hub calls: GET /api/models, /api/models/REPO/revision/REV and
// /api/models/REPO/tree/REV. Called directly, because that library neither asks for a model's GGUF facts nor checks what
// comes back, follows links to the next page to any host with the token, and takes no signal.

const gated = v.optional(v.union([v.boolean(), v.string()]));
const text = v.nullish(v.string());
const modelSchema = v.object({
  id: v.string(),
  downloads: v.optional(v.number(), 0),
  likes: v.optional(v.number(), 0),
  lastModified: text,
  gated,
  tags: v.optional(v.array(v.string()), []),
  gguf: v.nullish(
    v.object({ total: v.nullish(v.number()), architecture: text, context_length: v.nullish(v.number()) }),
  ),
});
const revisionSchema = v.object({
  sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  gated,
  tags: v.optional(v.array(v.string()), []),
});
const entrySchema = v.object({
  type: v.string(),
  path: v.string(),
  size: v.optional(v.number(), 0),
  lfs: v.nullish(v.object({ oid: v.string(), size: v.number() })),
});

const mostFound = 50;
const mostPages = 20;
const mostBytes = 32 << 20;
const timeoutMs = 30_000;
const retry = { attempts: 3, firstDelayMs: 500, longestDelayMs: 5000 };

/** "Qwen/Qwen3-0.6B-GGUF" from an id or a page's address; undefined for what is neither. */
export function hubRepository(input: string): string | undefined {
  const id = input
    .trim()
    .replace(/^https?:\/\/[^/]+\//, "")
    .replace(/\/(?:tree|blob|resolve)\/.*$/, "")
    .replace(/\/+$/, "");
  return /^[\w.-]{1,96}\/[\w.-]{1,96}$/.test(id) && !id.includes("..") ? id : undefined;
}

/** Repositories with GGUF files whose name holds the words, most downloaded first; at most 50. */
export async function searchHub(query: string, options: HubOptions): Promise<readonly HubModel[]> {
  const search = new URLSearchParams([
    ["search", query.trim()],
    ["filter", "gguf"],
    ["sort", "downloads"],
    ["limit", String(mostFound)],
    ...["downloads", "likes", "lastModified", "gated", "tags", "gguf"].map((name): [string, string] => [
      "expand",
      name,
    ]),
  ]);
  const { value } = await ask(`/api/models?${search}`, v.array(modelSchema), `models named “${query.trim()}”`, options);
  return value.map((model) => ({
    repository: model.id,
    downloads: model.downloads,
    likes: model.likes,
    updated: model.lastModified ?? undefined,
    gated: Boolean(model.gated),
    licence: licence(model.tags),
    parameters: model.gguf?.total ?? undefined,
    architecture: model.gguf?.architecture ?? undefined,
    contextSize: model.gguf?.context_length ?? undefined,
  }));
}

/** The models of a repository with sizes and hashes, at the commit that `revision` (default "main") is now. */
export async function listHubFiles(
  repository: string,
  options: HubOptions & { readonly revision?: string },
): Promise<HubListing> {
  const id = hubRepository(repository);
  if (id === undefined)
    throw new LibraryError("badInput", `“${repository}” is no repository; one is written like Qwen/Qwen3-0.6B-GGUF.`);
  const at = `/api/models/${id}`;
  const revision = `${at}/revision/${encodeURIComponent(options.revision ?? "main")}?expand=sha&expand=gated&expand=tags`;
  const { value: model } = await ask(revision, revisionSchema, id, options);
  const files: HubFile[] = [];
  let page: string | undefined = `${at}/tree/${model.sha}?recursive=true&expand=false`;
  for (let pages = 0; page !== undefined && pages < mostPages; pages++) {
    const answer: { value: v.InferOutput<typeof entrySchema>[]; next: string | undefined } = await ask(
      page,
      v.array(entrySchema),
      `the files of ${id}`,
      options,
    );
    for (const { type, path, size, lfs } of answer.value) {
      if (type === "file" && isModel(path)) files.push({ path, bytes: lfs?.size ?? size, sha256: hash(lfs?.oid) });
    }
    page = answer.next;
  }
  const models = [...grouped(files)].sort((a, b) => a.bytes - b.bytes);
  return { repository: id, revision: model.sha, gated: Boolean(model.gated), licence: licence(model.tags), models };
}

/** What is to be fetched for one model of a listing: its files at the listed commit, below OWNER/REPOSITORY/. */
export function downloadRequest(listing: HubListing, model: HubModelFiles, hub: string): DownloadRequest {
  const at = `${base(hub)}/${listing.repository}/resolve/${listing.revision}`;
  return {
    name: model.name,
    files: model.files.map(({ path, bytes, sha256 }) => ({
      url: `${at}/${path.split("/").map(encodeURIComponent).join("/")}`,
      path: `${listing.repository}/${path}`,
      bytes,
      sha256,
    })),
  };
}

function isModel(path: string): boolean {
  return /\.gguf$/i.test(path) && !/(^|[-_./])(mmproj|imatrix)([-_.]|$)/i.test(path);
}

/** Parts of one model together; a split model with a part missing is none. */
function* grouped(files: readonly HubFile[]): Generator<HubModelFiles> {
  const parts = new Map<string, HubFile[]>();
  for (const file of files) parts.set(stem(file), [...(parts.get(stem(file)) ?? []), file]);
  for (const group of parts.values()) {
    const ordered = group.sort((a, b) => (a.path < b.path ? -1 : 1));
    const [first] = ordered;
    if (!first || ordered.length !== (splitName(first.path)?.parts ?? 1)) continue;
    const name = modelName(first.path);
    const bytes = ordered.reduce((sum, file) => sum + file.bytes, 0);
    yield { name, quantization: quantizationInName(name), bytes, files: ordered };
  }
}

function stem({ path }: HubFile): string {
  return splitName(path)?.stem ?? path;
}

function licence(tags: readonly string[]): string | undefined {
  return tags.find((tag) => tag.startsWith("license:"))?.slice("license:".length);
}

function hash(oid: string | undefined): string | undefined {
  const hex = oid?.replace(/^sha256:/, "");
  return hex !== undefined && /^[0-9a-f]{64}$/.test(hex) ? hex : undefined;
}

function base(hub: string): string {
  return hub.replace(/\/+$/, "");
}

async function ask<const S extends v.GenericSchema>(
  path: string,
  schema: S,
  what: string,
  { url, token, signal }: HubOptions,
): Promise<{ value: v.InferOutput<S>; next: string | undefined }> {
  const headers = { accept: "application/json" };
  const once = () => get(`${base(url)}${path}`, { signal, token, timeoutMs, what, headers });
  const answer = await withRetries(retry, signal, once, () => {});
  const parsed = v.safeParse(schema, await json(answer, what, signal));
  if (!parsed.success)
    throw new LibraryError(
      "server",
      `${answer.host} does not answer as a model hub does for ${what}. Check the setting promptscope.hub.url.`,
    );
  return { value: parsed.output, next: nextPage(answer.response.headers.get("link")) };
}

async function json({ response, host }: Answer, what: string, signal: AbortSignal): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      parts.push(part);
      bytes += part.length;
      if (bytes > mostBytes) break;
    }
    return bytes > mostBytes ? undefined : JSON.parse(Buffer.concat(parts).toString("utf8"));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SyntaxError) return undefined; // Said as an answer that is none of a hub's.
    throw new LibraryError("network", `The connection to ${host} ended while it told ${what}. Try again.`, {
      cause: error,
    });
  }
}

/** The next page's path at this hub: a mirror may name another host, which nobody agreed to. */
function nextPage(link: string | null): string | undefined {
  const found = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? "")?.[1];
  const at = found?.indexOf("/api/") ?? -1;
  return found !== undefined && at >= 0 ? found.slice(at) : undefined;
}
