import { describe, expect, it } from "vitest";
import {
  downloadRequest,
  hubRepository,
  LibraryError,
  listHubFiles,
  searchHub,
} from "../../../../src/inference/library";
import { type MisbehavingServer, testServers } from "./misbehavingServer";

const server = testServers();
const { signal } = new AbortController();
const commit = "0123456789abcdef0123456789abcdef01234567";
const oid = "ab".repeat(32);

function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

const file = (path: string, size: number, lfs = true) => ({
  type: "file",
  path,
  size: lfs ? 135 : size,
  oid: commit,
  ...(lfs && { lfs: { oid, size, pointerSize: 135 } }),
});

function serveRepository(
  host: MisbehavingServer,
  files: readonly object[],
  next?: { files: readonly object[]; link: string },
) {
  host.serve("/api/models/owner/repo-GGUF/revision/main", {
    bytes: json({
      _id: "x",
      id: "owner/repo-GGUF",
      sha: commit,
      gated: "manual",
      tags: ["gguf", "license:apache-2.0"],
    }),
  });
  host.serve(`/api/models/owner/repo-GGUF/tree/${commit}`, {
    bytes: json(files),
    ...(next && { headers: { link: next.link } }),
  });
  if (next) host.serve(`/api/models/owner/repo-GGUF/tree/${commit}/2`, { bytes: json(next.files) });
}

describe("searchHub", () => {
  it("asks for GGUF repositories by name and tells what the hub says of them", async () => {
    const host = await server();
    const first = {
      id: "Qwen/Qwen3-0.6B-GGUF",
      downloads: 1200,
      likes: 7,
      lastModified: "2025-05-09T00:00:00.000Z",
      gated: false,
      tags: ["gguf", "license:apache-2.0"],
      gguf: { total: 596_049_920, architecture: "qwen3", context_length: 40_960 },
    };
    host.serve("/api/models", { bytes: json([first, { id: "o/bare", gated: "manual", gguf: null }]) });
    const found = await searchHub(" qwen3 0.6b ", { url: `${host.origin}/`, token: "hf_x", signal });
    expect(found).toEqual([
      {
        repository: "Qwen/Qwen3-0.6B-GGUF",
        downloads: 1200,
        likes: 7,
        updated: "2025-05-09T00:00:00.000Z",
        gated: false,
        licence: "apache-2.0",
        parameters: 596_049_920,
        architecture: "qwen3",
        contextSize: 40_960,
      },
      expect.objectContaining({ repository: "o/bare", downloads: 0, gated: true, licence: undefined }),
    ]);
    const [asked] = host.seen;
    expect(asked?.authorization).toBe("Bearer hf_x");
    expect(asked?.query.get("search")).toBe("qwen3 0.6b");
    expect(asked?.query.get("filter")).toBe("gguf");
  });

  it("tells a hub from something else, and gets over a passing error", async () => {
    const host = await server();
    const ask = () => searchHub("x", { url: host.origin, signal });
    for (const bytes of [json({ models: [] }), json([{ name: 3 }]), new TextEncoder().encode("<html>portal</html>")]) {
      host.serve("/api/models", { bytes });
      await expect(ask()).rejects.toThrow("does not answer as a model hub does");
    }
    host.serve("/api/models", { bytes: json([]), statuses: [{ status: 503 }] });
    expect(await ask()).toEqual([]);
    host.serve("/api/models", { bytes: json([]), statuses: [{ status: 401 }] });
    await expect(ask()).rejects.toMatchObject({ code: "unauthorized" });
  });

  it("ends when told to", async () => {
    const host = await server();
    host.serve("/api/models", { bytes: json([]), silentMs: 5000 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("left")), 50);
    await expect(searchHub("x", { url: host.origin, signal: stop.signal })).rejects.toThrow("left");
  });
});

describe("listHubFiles", () => {
  it("groups split models and leaves out projectors and incomplete ones", async () => {
    const host = await server();
    serveRepository(host, [
      file("README.md", 900, false),
      file("big/m-Q8_0-00002-of-00002.gguf", 30),
      file("big/m-Q8_0-00001-of-00002.gguf", 50),
      file("m-Q4_K_M.gguf", 40),
      file("mmproj-m-f16.gguf", 10),
      file("half-00001-of-00003.gguf", 10),
      file("small.gguf", 5, false),
    ]);
    const listing = await listHubFiles("owner/repo-GGUF", { url: host.origin, signal });
    expect(listing).toMatchObject({ revision: commit, gated: true, licence: "apache-2.0" });
    expect(listing.models.map(({ name, quantization, bytes }) => [name, quantization, bytes])).toEqual([
      ["small", undefined, 5],
      ["m-Q4_K_M", "Q4_K_M", 40],
      ["m-Q8_0", "Q8_0", 80],
    ]);
    expect(listing.models[0]?.files[0]?.sha256).toBeUndefined();
    const split = listing.models[2];
    if (!split) throw new Error("no split model");
    expect(downloadRequest(listing, split, `${host.origin}/`)).toEqual({
      name: "m-Q8_0",
      files: [1, 2].map((part) => ({
        url: `${host.origin}/owner/repo-GGUF/resolve/${commit}/big/m-Q8_0-0000${part}-of-00002.gguf`,
        path: `owner/repo-GGUF/big/m-Q8_0-0000${part}-of-00002.gguf`,
        bytes: part === 1 ? 50 : 30,
        sha256: oid,
      })),
    });
  });

  it("reads further pages from the mirror, even where the link names another host", async () => {
    const [mirror, other] = [await server(), await server()];
    const link = `<${other.origin}/api/models/owner/repo-GGUF/tree/${commit}/2?cursor=x>; rel="next"`;
    serveRepository(mirror, [file("a.gguf", 1)], { files: [file("b.gguf", 2)], link });
    const { models } = await listHubFiles("owner/repo-GGUF", { url: mirror.origin, token: "hf_x", signal });
    expect(models.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(other.seen).toEqual([]);
  });

  it("says what is no repository, or not there", async () => {
    const host = await server();
    await expect(listHubFiles("no repository", { url: host.origin, signal })).rejects.toThrow("is no repository");
    const missing = listHubFiles("owner/none", { url: host.origin, signal });
    await expect(missing).rejects.toBeInstanceOf(LibraryError);
    await expect(missing).rejects.toMatchObject({ code: "notFound" });
    expect(hubRepository("https://huggingface.co/Qwen/Qwen3-8B-GGUF/tree/main")).toBe("Qwen/Qwen3-8B-GGUF");
    expect(hubRepository("../../etc")).toBeUndefined();
  });
});
