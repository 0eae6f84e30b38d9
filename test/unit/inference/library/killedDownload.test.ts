import { fork } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { type DownloadRequest, Downloads } from "../../../../src/inference/library";
import { KeptLog } from "./keptLog";
import { type Served, testServers } from "./misbehavingServer";
import { temporaryFolders } from "./temporaryFolder";

const folder = temporaryFolders();
const server = testServers();
const library = path.resolve(import.meta.dirname, "../../../../src/inference/library/index.ts");

/** A process of its own that downloads what it is told, as an extension host would. */
async function downloader(at: string): Promise<string> {
  const outfile = path.join(at, "downloader.mjs");
  const contents = `
    import { Downloads } from ${JSON.stringify(library)};
    const quiet = () => {};
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, timed: (_, work) => work(), show: quiet };
    process.once("message", ({ folder, request }) => {
      const downloads = new Downloads({ folder, log, pieceBytes: 1 << 18 });
      downloads.onDidChange(() => process.send(downloads.list()[0].receivedBytes));
      downloads.start(request);
    });`;
  await build({
    stdin: { contents, resolveDir: path.dirname(library) },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  return outfile;
}

it("a download whose process is killed goes on from its journal, in another process", async () => {
  const host = await server();
  const bytes = randomBytes(8 << 20);
  const served: Served = { bytes, etag: '"v1"', slowMs: 80 };
  const url = host.serve("/model.bin", served);
  const at = await folder();
  const models = path.join(at, "models");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const request: DownloadRequest = {
    name: "Killed",
    files: [{ url, path: "owner/model.bin", bytes: bytes.length, sha256 }],
  };

  const child = fork(await downloader(at));
  child.send({ folder: models, request });
  const journal = path.join(models, "owner/model.bin.download.json");
  const begun = Date.now();
  // Written down every 2 seconds: killed once there is something to lose.
  while (!(await journaled(journal))) {
    if (Date.now() - begun > 30_000) throw new Error("nothing was written down");
    await wait(50);
  }
  child.kill("SIGKILL");
  await once(child, "exit");
  expect((await readdir(path.join(models, "owner"))).sort()).toEqual([
    "model.bin.download.json",
    "model.bin.download.json.lock",
    "model.bin.part",
  ]);

  const downloads = new Downloads({ folder: models, log: new KeptLog(), pieceBytes: 1 << 18 });
  await downloads.open(new AbortController().signal);
  const kept = downloads.list()[0]?.receivedBytes ?? 0;
  expect(kept).toBeGreaterThan(0);
  served.slowMs = 0;
  const before = host.seen.length;
  downloads.resume("owner/model.bin");
  while (!["done", "failed"].includes(downloads.get("owner/model.bin")?.state ?? "")) await wait(10);
  expect(downloads.list()[0]).toMatchObject({ state: "done", error: undefined });
  const asked = host.seen
    .slice(before)
    .map(({ range }) => /^bytes=(\d+)-(\d+)$/.exec(range ?? ""))
    .reduce((sum, match) => sum + Number(match?.[2]) - Number(match?.[1]) + 1, 0);
  expect(asked).toBe(bytes.length - kept);
  expect((await stat(path.join(models, "owner/model.bin"))).size).toBe(bytes.length);
  expect(
    createHash("sha256")
      .update(await readFile(path.join(models, "owner/model.bin")))
      .digest("hex"),
  ).toBe(sha256);
  expect(await readdir(path.join(models, "owner"))).toEqual(["model.bin"]);
  await downloads.dispose();
});

async function journaled(file: string): Promise<boolean> {
  const text = await readFile(file, "utf8").catch(() => "{}");
  const { files } = JSON.parse(text) as { files?: { received: number[] }[] };
  return (files?.[0]?.received ?? []).some((received) => received > 0);
}
