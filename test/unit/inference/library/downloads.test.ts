import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdir, open as openFile, readdir, readFile, stat, statfs, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  type DownloadFile,
  type DownloadRequest,
  type DownloadStatus,
  Downloads,
  type DownloadsOptions,
} from "../../../../src/inference/library";
import { KeptLog } from "./keptLog";
import { type Served, testServers } from "./misbehavingServer";
import { put, temporaryFolders } from "./temporaryFolder";
import { modelFields, modelTensors, writeModel } from "./writeModel";

const folder = temporaryFolders();
const server = testServers();
const { signal } = new AbortController();
const megabyte = 1 << 20;
const open: Downloads[] = [];

afterEach(async () => {
  for (const downloads of open.splice(0)) await downloads.dispose();
});

function manager(at: string, options: Partial<DownloadsOptions> = {}): Downloads {
  const downloads = new Downloads({
    folder: at,
    log: new KeptLog(),
    pieceBytes: megabyte / 4,
    stallMs: 2000,
    retry: { attempts: 4, firstDelayMs: 5, longestDelayMs: 20 },
    ...options,
  });
  open.push(downloads);
  return downloads;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function listed(url: string, bytes: Uint8Array, name = "owner/repo/model.bin"): DownloadFile {
  return { url, path: name, bytes: bytes.length, sha256: sha256(bytes) };
}

const one = (file: DownloadFile): DownloadRequest => ({ name: "Test model", files: [file] });

async function until(
  downloads: Downloads,
  id: string,
  when: (status: DownloadStatus) => boolean,
): Promise<DownloadStatus> {
  const end = Date.now() + 30_000;
  for (;;) {
    const status = downloads.get(id);
    if (status && when(status)) return status;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(status)}`);
    await wait(5);
  }
}

const settled = ({ state }: DownloadStatus) => state === "done" || state === "failed";

/** Downloads one file with these faults and gives how it ended. */
async function fetchWith(
  faults: Partial<Served>,
  options: Partial<DownloadsOptions> = {},
  bytes = randomBytes(megabyte),
) {
  const host = await server();
  const url = host.serve("/model.bin", { bytes, etag: '"v1"', ...faults });
  const at = await folder();
  const downloads = manager(at, options);
  const id = downloads.start(one(listed(url, bytes)));
  const status = await until(downloads, id, settled);
  const left = await filesBelow(at);
  return { host, status, left, at, downloads, id, bytes };
}

async function filesBelow(at: string): Promise<string[]> {
  const entries = await readdir(at, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}

async function expectWhole({ status, left, at, bytes }: Awaited<ReturnType<typeof fetchWith>>): Promise<void> {
  expect(status).toMatchObject({ state: "done", error: undefined });
  expect(left).toEqual(["model.bin"]);
  expect(sha256(await readFile(path.join(at, "owner/repo/model.bin")))).toBe(sha256(bytes));
}

describe("a download", () => {
  it("fetches pieces side by side and checks the hash", async () => {
    const result = await fetchWith({});
    await expectWhole(result);
    const ranges = result.host.seen.map(({ range }) => range);
    expect(ranges[0]).toBe("bytes=0-0");
    expect(ranges.slice(1).sort()).toEqual([
      "bytes=0-262143",
      "bytes=262144-524287",
      "bytes=524288-786431",
      "bytes=786432-1048575",
    ]);
    expect(result.host.seen.slice(1).every(({ ifRange }) => ifRange === '"v1"')).toBe(true);
    expect(result.status).toMatchObject({ receivedBytes: megabyte, totalBytes: megabyte, verifiedBytes: megabyte });
    expect(result.status.paths).toEqual([path.join(result.at, "owner", "repo", "model.bin")]);
  });

  it("tells how far it is", async () => {
    const host = await server();
    const bytes = randomBytes(2 * megabyte);
    const url = host.serve("/slow.bin", { bytes, slowMs: 150 });
    const downloads = manager(await folder());
    const told: DownloadStatus[] = [];
    downloads.onDidChange(() => told.push(...downloads.list()));
    await until(downloads, downloads.start(one(listed(url, bytes))), settled);
    const running = told.filter(({ state, bytesPerSecond }) => state === "running" && bytesPerSecond !== undefined);
    expect(running.length).toBeGreaterThan(0);
    for (const { bytesPerSecond = 0, secondsLeft = -1 } of running) {
      expect(bytesPerSecond).toBeGreaterThan(100_000);
      expect(secondsLeft).toBeGreaterThanOrEqual(0);
    }
    expect(told.map(({ state }) => state)).toContain("verifying");
    const received = told.map(({ receivedBytes }) => receivedBytes);
    expect(received).toEqual([...received].sort((a, b) => a - b));
    expect(told.at(-1)?.servedBy).toBe(new URL(host.origin).host);
  });

  it("follows redirects to another host and keeps the token at home", async () => {
    const [hub, elsewhere] = [await server(), await server()];
    const bytes = randomBytes(megabyte);
    const address = elsewhere.serve("/blob", { bytes, etag: '"v1"' });
    hub.serve("/hop", { bytes, redirectTo: address });
    const url = hub.serve("/owner/repo/resolve/main/model.bin", { bytes, redirectTo: "/hop" });
    const asked: string[] = [];
    const downloads = manager(await folder(), {
      token: async (origin) => {
        asked.push(origin);
        return "hf_secret";
      },
    });
    const status = await until(downloads, downloads.start(one(listed(url, bytes))), settled);
    expect(status.state).toBe("done");
    expect(status.servedBy).toBe(new URL(elsewhere.origin).host);
    expect(new Set(asked)).toEqual(new Set([hub.origin]));
    expect(hub.seen.every(({ authorization }) => authorization === "Bearer hf_secret")).toBe(true);
    expect(elsewhere.seen.length).toBeGreaterThan(4);
    expect(elsewhere.seen.every(({ authorization }) => authorization === undefined)).toBe(true);
  });

  it("asks the hub again when an address that it handed out has expired", async () => {
    const [hub, elsewhere] = [await server(), await server()];
    const bytes = randomBytes(megabyte);
    const address = elsewhere.serve("/blob", { bytes, statuses: [{ status: 403 }, { status: 403 }] });
    const url = hub.serve("/model.bin", { bytes, redirectTo: address });
    const downloads = manager(await folder());
    expect(await until(downloads, downloads.start(one(listed(url, bytes))), settled)).toMatchObject({ state: "done" });
  });

  it("gives up redirects that go in a circle", async () => {
    const result = await fetchWith({ redirectTo: "/model.bin" });
    expect(result.status.error).toMatchObject({
      code: "server",
      message: expect.stringContaining("redirected more than 10"),
    });
  });

  it("takes one stream where the server has no ranges, with or without a length", async () => {
    for (const chunked of [false, true]) {
      const result = await fetchWith({ ranges: false, chunked });
      await expectWhole(result);
      expect(result.host.seen).toHaveLength(2);
    }
  });

  it("begins such a stream anew when it is cut", async () => {
    const result = await fetchWith({ ranges: false, cut: { after: 300_000, times: 2 } });
    await expectWhole(result);
  });

  it("takes its time on a slow disk, one journal after the other", async () => {
    const handle = await openFile("package.json");
    vi.spyOn(Object.getPrototypeOf(handle), "datasync").mockImplementation(() => wait(20));
    await handle.close();
    let now = 0;
    // Whenever a connection looks, it is time to write down what is safe.
    vi.spyOn(performance, "now").mockImplementation(() => (now += 3000));
    try {
      await expectWhole(await fetchWith({}));
    } finally {
      vi.restoreAllMocks();
    }
  });

  it("goes on where a connection was cut, without fetching twice", async () => {
    const result = await fetchWith({ cut: { after: 100_000, times: 3 } });
    await expectWhole(result);
    const again = result.host.seen.filter(
      ({ range }) => !/^bytes=(0-0|\d+-\d*)$/.test(range ?? "") || !isPieceStart(range),
    );
    expect(again.length).toBe(3);
  });

  it("tries slow, stalled and silent servers again", async () => {
    await expectWhole(await fetchWith({ stall: { after: 50_000, times: 2 } }, { stallMs: 150 }));
    const silent = await fetchWith(
      {
        silentMs: 400,
        onRequest: (served) => {
          if (served.silentMs && served.silentMs < 401) served.silentMs += 1;
          else served.silentMs = 0;
        },
      },
      { stallMs: 150 },
    );
    await expectWhole(silent);
  });

  it("waits as long as a 429 asks, and says so", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const url = host.serve("/model.bin", { bytes, statuses: [{ status: 429, headers: { "retry-after": "1" } }] });
    const downloads = manager(await folder());
    const notes = new Set<string | undefined>();
    downloads.onDidChange(() => notes.add(downloads.list()[0]?.note));
    const start = performance.now();
    expect(await until(downloads, downloads.start(one(listed(url, bytes))), settled)).toMatchObject({ state: "done" });
    expect(performance.now() - start).toBeGreaterThan(990);
    expect([...notes].join()).toMatch(/asks for fewer requests \(429\).*Trying again in 1 s/);
  });

  it("gives up what does not pass by itself, saying what to do", async () => {
    const many = (status: number) => ({ statuses: Array.from({ length: 50 }, () => ({ status })) });
    const failures = [
      [401, "unauthorized", "without an account"],
      [403, "unauthorized", "without an account"],
      [404, "notFound", "Check the name"],
      [418, "server", "418"],
      [429, "rateLimited", "fewer requests"],
      [500, "server", "answered 500"],
      [503, "server", "answered 503"],
    ] as const;
    for (const [status, code, words] of failures) {
      const result = await fetchWith(many(status));
      expect(result.status, String(status)).toMatchObject({ state: "failed", error: { code } });
      expect(result.status.error?.message).toContain(words);
      expect(result.host.seen).toHaveLength(status === 429 || status >= 500 ? 4 : 1);
      expect(result.left).not.toContain("model.bin");
    }
  });

  it("gets over a few 500s", async () => {
    await expectWhole(await fetchWith({ statuses: [{ status: 500 }, { status: 503 }, { status: 502 }] }));
  });

  it("says which host cannot be reached", async () => {
    const downloads = manager(await folder());
    const id = downloads.start(
      one({ url: "http://127.0.0.1:9/x", path: "x.bin", bytes: undefined, sha256: undefined }),
    );
    const { error } = await until(downloads, id, settled);
    expect(error).toMatchObject({
      code: "network",
      message: expect.stringContaining("127.0.0.1:9 could not be reached"),
    });
  });

  it("does not keep bytes of the wrong hash, and starts over when tried again", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const served: Served = { bytes: randomBytes(megabyte), etag: '"v1"' };
    const url = host.serve("/model.bin", served);
    const at = await folder();
    const downloads = manager(at);
    const id = downloads.start(one(listed(url, bytes)));
    const status = await until(downloads, id, settled);
    expect(status.error).toMatchObject({ code: "wrongHash", message: expect.stringContaining("It was not kept") });
    expect(await filesBelow(at)).toEqual(["model.bin.download.json"]);
    served.bytes = bytes;
    downloads.resume(id);
    expect(await until(downloads, id, settled)).toMatchObject({ state: "done" });
    expect(sha256(await readFile(path.join(at, "owner/repo/model.bin")))).toBe(sha256(bytes));
  });

  it("begins anew when the file changes at the server in mid-download", async () => {
    const [old, bytes] = [randomBytes(megabyte), randomBytes(megabyte)];
    const host = await server();
    const served: Served = { bytes: old, etag: '"v1"', slowMs: 20 };
    const url = host.serve("/model.bin", served);
    const downloads = manager(await folder(), { connections: 1 });
    const id = downloads.start(one(listed(url, bytes)));
    await until(downloads, id, ({ receivedBytes }) => receivedBytes > 400_000);
    Object.assign(served, { bytes, etag: '"v2"' });
    const status = await until(downloads, id, settled);
    expect(status.state).toBe("done");
    expect(sha256(await readFile(status.paths[0] ?? ""))).toBe(sha256(bytes));
    expect(host.seen.filter(({ range }) => range === "bytes=0-0")).toHaveLength(2);
  });

  it("gives up a file that changes at each request", async () => {
    let version = 0;
    const result = await fetchWith({
      onRequest: (served) => {
        served.etag = `"v${++version}"`;
      },
    });
    expect(result.status.error).toMatchObject({ code: "changed", message: expect.stringContaining("keeps changing") });
  });

  it("refuses a size other than the listed one before it fetches", async () => {
    const result = await fetchWith({ claims: 5 * megabyte });
    expect(result.status.error).toMatchObject({ code: "changed", message: expect.stringContaining("5,242,880 bytes") });
    expect(result.host.seen).toHaveLength(1);
  });

  it("does not believe a length that is not kept", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const url = host.serve("/model.bin", { bytes, claims: 2 * megabyte, ranges: false });
    const downloads = manager(await folder(), { stallMs: 100 });
    const id = downloads.start(one({ url, path: "model.bin", bytes: undefined, sha256: undefined }));
    expect((await until(downloads, id, settled)).error).toMatchObject({ code: "network" });
  });

  it("refuses more bytes than were asked for", async () => {
    const result = await fetchWith({ extra: 1000 });
    expect(result.status.error).toMatchObject({ code: "server", message: expect.stringContaining("sends more") });
    expect(result.left).not.toContain("model.bin");
  });

  it("refuses addresses and paths that lead elsewhere", async () => {
    const downloads = manager(await folder());
    const at = (file: Partial<DownloadFile>) => () =>
      downloads.start(one({ url: "https://example.org/x", path: "x.gguf", bytes: 1, sha256: undefined, ...file }));
    for (const bad of ["../x", "/etc/x", "a/../../x", "a\\b", "C:/x", "a//b", "", "x\u0000", "con:", "dots..."])
      expect(at({ path: bad }), bad).toThrow("cannot be downloaded");
    expect(at({ url: "file:///etc/passwd" })).toThrow("cannot be downloaded");
    expect(at({ sha256: "abc" })).toThrow("cannot be downloaded");
    expect(downloads.list()).toEqual([]);
  });

  it("checks that what has no hash is at least a whole GGUF", async () => {
    const host = await server();
    const model = writeModel();
    const downloads = manager(await folder());
    const fetch = async (bytes: Uint8Array, name: string) => {
      const url = host.serve(`/${name}`, { bytes });
      return until(downloads, downloads.start(one({ url, path: name, bytes: undefined, sha256: undefined })), settled);
    };
    expect(await fetch(model, "good.gguf")).toMatchObject({ state: "done" });
    expect((await fetch(model.slice(0, -500), "cut.gguf")).error).toMatchObject({ code: "truncated" });
    expect((await fetch(new TextEncoder().encode("<html>sign in</html>".repeat(9)), "page.gguf")).error).toMatchObject({
      code: "notGguf",
    });
  });
});

function isPieceStart(range: string | undefined): boolean {
  return Number(/^bytes=(\d+)-/.exec(range ?? "")?.[1]) % (megabyte / 4) === 0;
}

describe("pausing", () => {
  it("keeps what came, through a restart, and fetches only the rest", async () => {
    const host = await server();
    const bytes = randomBytes(2 * megabyte);
    const served: Served = { bytes, etag: '"v1"', slowMs: 30 };
    const url = host.serve("/model.bin", served);
    const at = await folder();
    const first = manager(at);
    const id = first.start(one(listed(url, bytes)));
    await until(first, id, ({ receivedBytes }) => receivedBytes > megabyte / 2);
    await first.pause(id);
    const paused = first.get(id);
    expect(paused).toMatchObject({ state: "paused", error: undefined });
    await first.dispose();
    expect(await filesBelow(at)).toEqual(["model.bin.download.json", "model.bin.part"]);

    const second = manager(at);
    await second.open(signal);
    expect(second.list()).toMatchObject([
      { id, state: "paused", receivedBytes: paused?.receivedBytes, totalBytes: bytes.length },
    ]);
    served.slowMs = 0;
    const before = host.seen.length;
    second.resume(id);
    expect(await until(second, id, settled)).toMatchObject({ state: "done" });
    const asked = host.seen
      .slice(before)
      .map(({ range }) => /^bytes=(\d+)-(\d+)$/.exec(range ?? ""))
      .reduce((sum, match) => sum + Number(match?.[2]) - Number(match?.[1]) + 1, 0);
    expect(asked).toBe(bytes.length - (paused?.receivedBytes ?? 0));
    expect(sha256(await readFile(path.join(at, "owner/repo/model.bin")))).toBe(sha256(bytes));
    expect(await filesBelow(at)).toEqual(["model.bin"]);
  });

  it("and a file that changed meanwhile: nothing old is kept", async () => {
    const host = await server();
    const [old, bytes] = [randomBytes(megabyte), randomBytes(megabyte)];
    const served: Served = { bytes: old, lastModified: "Sat, 21 Nov 2026 10:00:00 GMT", slowMs: 30 };
    const url = host.serve("/model.bin", served);
    const at = await folder();
    const downloads = manager(at);
    const id = downloads.start(one(listed(url, bytes)));
    await until(downloads, id, ({ receivedBytes }) => receivedBytes > megabyte / 4);
    await downloads.pause(id);
    Object.assign(served, { bytes, lastModified: "Sat, 21 Nov 2026 11:00:00 GMT", slowMs: 0 });
    downloads.resume(id);
    expect(await until(downloads, id, settled)).toMatchObject({ state: "done" });
    expect(sha256(await readFile(path.join(at, "owner/repo/model.bin")))).toBe(sha256(bytes));
  });

  it("fetches again what the journal claims and the disk lost", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const served: Served = { bytes, etag: '"v1"', slowMs: 30 };
    const url = host.serve("/model.bin", served);
    const at = await folder();
    const downloads = manager(at);
    const id = downloads.start(one(listed(url, bytes)));
    await until(downloads, id, ({ receivedBytes }) => receivedBytes > megabyte / 2);
    await downloads.pause(id);
    await truncate(path.join(at, "owner/repo/model.bin.part"), 1000);
    served.slowMs = 0;
    downloads.resume(id);
    expect(await until(downloads, id, settled)).toMatchObject({ state: "done" });
    expect(sha256(await readFile(path.join(at, "owner/repo/model.bin")))).toBe(sha256(bytes));
  });

  it("leaves a damaged journal alone and goes on without it", async () => {
    const at = await folder();
    await put(at, "owner/repo/model.bin.download.json", "{ half a jour");
    const downloads = manager(at);
    await downloads.open(signal);
    expect(downloads.list()).toEqual([]);
  });

  it("takes no path from a journal that leads out of the folder", async () => {
    const at = await folder();
    const request = one({ url: "http://127.0.0.1:9/x", path: "../../evil.bin", bytes: 1, sha256: undefined });
    const journal = { version: 1, request, files: [{ pieceBytes: 1, received: [], verified: false }] };
    await put(at, "evil.bin.download.json", JSON.stringify(journal));
    const downloads = manager(at);
    await downloads.open(signal);
    expect(downloads.list()).toEqual([]);
  });

  it("writes no token down", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const url = host.serve("/model.bin", { bytes, slowMs: 50 });
    const at = await folder();
    const downloads = manager(at, { token: async () => "hf_secret" });
    const id = downloads.start(one(listed(url, bytes)));
    await until(downloads, id, ({ receivedBytes }) => receivedBytes > 0);
    await downloads.pause(id);
    expect(await readFile(path.join(at, "owner/repo/model.bin.download.json"), "utf8")).not.toContain("hf_secret");
  });

  it("removes what was fetched when told to", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const url = host.serve("/model.bin", { bytes, slowMs: 50 });
    const at = await folder();
    const downloads = manager(at);
    const id = downloads.start(one(listed(url, bytes)));
    await until(downloads, id, ({ receivedBytes }) => receivedBytes > 0);
    await downloads.remove(id);
    expect(downloads.list()).toEqual([]);
    expect(await filesBelow(at)).toEqual([]);
  });
});

describe("two downloads", () => {
  it("of the same file are one", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const url = host.serve("/model.bin", { bytes, slowMs: 5 });
    const downloads = manager(await folder());
    const request = one(listed(url, bytes));
    const ids = [downloads.start(request), downloads.start(request)];
    expect(ids[0]).toBe(ids[1]);
    await until(downloads, ids[0] ?? "", settled);
    expect(downloads.list()).toHaveLength(1);
    expect(host.seen).toHaveLength(5);
  });

  it("in two windows: the second says that the first is at it, and takes over once that is gone", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const served: Served = { bytes, etag: '"v1"', slowMs: 40 };
    const url = host.serve("/model.bin", served);
    const at = await folder();
    const [first, second] = [manager(at), manager(at)];
    const request = one(listed(url, bytes));
    const id = first.start(request);
    await until(first, id, ({ receivedBytes }) => receivedBytes > 0);
    await second.open(signal);
    expect(second.get(id)).toMatchObject({ state: "paused", note: "Another window is downloading it." });
    second.resume(id);
    expect((await until(second, id, settled)).error).toMatchObject({ code: "busy" });
    await first.dispose();
    // What a killed process leaves: a lock in the name of one that does not run.
    await put(at, "owner/repo/model.bin.download.json.lock", "999999999");
    served.slowMs = 0;
    second.resume(id);
    expect(await until(second, id, settled)).toMatchObject({ state: "done" });
    expect(sha256(await readFile(path.join(at, "owner/repo/model.bin")))).toBe(sha256(bytes));
    expect(await filesBelow(at)).toEqual(["model.bin"]);
  });

  it("more than may run at once wait their turn", async () => {
    const host = await server();
    const downloads = manager(await folder(), { atOnce: 1 });
    const ids = ["a", "b", "c"].map((name) => {
      const bytes = randomBytes(megabyte / 2);
      return downloads.start(one(listed(host.serve(`/${name}`, { bytes, slowMs: 5 }), bytes, `${name}.bin`)));
    });
    expect(downloads.list().map(({ state }) => state)).toEqual(["running", "waiting", "waiting"]);
    await downloads.pause("b.bin");
    await until(downloads, ids[2] ?? "", settled);
    expect(downloads.list().map(({ state }) => state)).toEqual(["done", "paused", "done"]);
  });

  it("of a file that is there already: checked and done without a request, or refused", async () => {
    const host = await server();
    const bytes = randomBytes(megabyte);
    const at = await folder();
    const file = await put(at, "owner/repo/model.bin", bytes);
    const downloads = manager(at);
    const request = one(listed(host.serve("/model.bin", { bytes }), bytes));
    expect(await until(downloads, downloads.start(request), settled)).toMatchObject({ state: "done" });
    expect(host.seen).toEqual([]);
    await writeFile(file, "a person's own file");
    const again = manager(at);
    expect((await until(again, again.start(request), settled)).error?.message).toContain("is another file");
    expect(await readFile(file, "utf8")).toBe("a person's own file");
  });
});

describe("a split model", () => {
  const parts = [1, 2, 3].map((part) => `owner/repo/m-0000${part}-of-00003.gguf`);

  it("is one download, and no part has its name before all are right", async () => {
    const host = await server();
    const contents = parts.map(() => randomBytes(megabyte / 2));
    const third: Served = {
      bytes: contents[2] ?? randomBytes(1),
      statuses: Array.from({ length: 4 }, () => ({ status: 500 })),
    };
    const files = parts.map((name, i) => {
      const bytes = contents[i] ?? randomBytes(1);
      return listed(host.serve(`/${i}`, i === 2 ? third : { bytes }), bytes, name);
    });
    const at = await folder();
    const downloads = manager(at);
    const id = downloads.start({ name: "Split", files });
    expect(await until(downloads, id, settled)).toMatchObject({
      state: "failed",
      totalBytes: 1.5 * megabyte,
      receivedBytes: megabyte,
    });
    expect((await filesBelow(at)).filter((name) => name.endsWith(".gguf"))).toEqual([]);

    const restarted = manager(at);
    await restarted.open(signal);
    const before = host.seen.length;
    restarted.resume(id);
    expect(await until(restarted, id, settled)).toMatchObject({ state: "done" });
    expect(new Set(host.seen.slice(before).map((each) => each.path))).toEqual(new Set(["/2"]));
    expect(await filesBelow(at)).toEqual(parts.map((name) => path.basename(name)));
    for (const [i, name] of parts.entries())
      expect(sha256(await readFile(path.join(at, name)))).toBe(sha256(contents[i] ?? randomBytes(1)));
  });
});

describe("a disk", () => {
  it("that is too small is found out before anything is fetched", async () => {
    const host = await server();
    const url = host.serve("/model.bin", { bytes: randomBytes(100) });
    const downloads = manager(await folder());
    const id = downloads.start(one({ url, path: "huge.gguf", bytes: 2 ** 52, sha256: undefined }));
    expect((await until(downloads, id, settled)).error).toMatchObject({
      code: "diskFull",
      message: expect.stringMatching(/needs .* GB more .* has .* GB free/),
    });
    expect(host.seen).toEqual([]);
  });

  it("that fills up in mid-download keeps what came, and the download goes on once there is room", async (test) => {
    const at = path.join(await folder(), "small");
    await mkdir(at);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=80m", "promptscope-test", at], { stdio: "pipe" });
    } catch {
      return test.skip("mounting a small tmpfs is not allowed here");
    }
    try {
      const host = await server();
      const bytes = randomBytes(6 * megabyte);
      const served: Served = { bytes, etag: '"v1"', slowMs: 60 };
      const url = host.serve("/model.bin", served);
      const downloads = manager(at, { connections: 2 });
      const id = downloads.start(one(listed(url, bytes)));
      await until(downloads, id, ({ receivedBytes }) => receivedBytes > megabyte);
      // Somebody else takes all but 2 MiB.
      const hog = path.join(at, "hog");
      const { bavail, bsize } = await statfs(at);
      await writeFile(hog, Buffer.alloc(bavail * bsize - 2 * megabyte));
      const full = await until(downloads, id, settled);
      expect(full).toMatchObject({
        state: "failed",
        error: { code: "diskFull", message: expect.stringContaining("What is there is kept") },
      });
      expect(full.receivedBytes).toBeGreaterThan(megabyte);
      await truncate(hog, 0);
      served.slowMs = 0;
      downloads.resume(id);
      const resumed = await until(downloads, id, settled);
      // 64 MiB stay free for everything else; this disk has that only after the hog is gone.
      expect(resumed).toMatchObject({ state: "done" });
      expect((await stat(path.join(at, "owner/repo/model.bin"))).size).toBe(bytes.length);
      expect(sha256(await readFile(path.join(at, "owner/repo/model.bin")))).toBe(sha256(bytes));
    } finally {
      await Promise.all(open.map((downloads) => downloads.dispose()));
      execFileSync("umount", ["--lazy", at]);
    }
  });
});

describe("a whole model", () => {
  it("can be inspected where it was put", async () => {
    const host = await server();
    const bytes = writeModel(modelFields, modelTensors);
    const downloads = manager(await folder());
    const url = host.serve("/m.gguf", { bytes });
    const { paths } = await until(downloads, downloads.start(one(listed(url, bytes, "o/r/m.gguf"))), settled);
    const { inspectGguf } = await import("../../../../src/inference/library");
    expect((await inspectGguf(paths[0] ?? "", signal)).name).toBe("Tiny");
  });
});
