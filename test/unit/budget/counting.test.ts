import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as esbuild from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { loadTokenizer, type Tokenizer } from "../../../src/tokenizers";
import { loadGeneral } from "../../../src/tokenizers/general";
import { directorySource } from "../../../src/tokenizers/node/nodeSource";
import { readCountCache, writeCountCache } from "../../../src/views/budget/countCache";
import { CountingFailed, CountPool } from "../../../src/views/budget/countPool";
import type { CountSetup } from "../../../src/views/budget/countProtocol";

const folder = mkdtempSync(path.join(tmpdir(), "promptscope-counting-"));
const script = path.join(folder, "countWorker.js");
const dataDirectory = path.resolve("dist");
const texts: Record<string, string> = {
  "a.md": "All human beings are born free and equal in dignity and rights.\n".repeat(50),
  "b.md": "すべての人間は、生まれながらにして自由であり 🌱\r\n",
  "empty.md": "",
};
const pools: CountPool[] = [];
let tokenizer: Tokenizer;

function pool(changes: Partial<CountSetup> = {}, program = script, size = 2): CountPool {
  const setup = {
    dataDirectory,
    tokenizer: "o200k_base",
    packedFile: undefined,
    cacheFile: undefined,
    cacheStamp: "s",
    maxBytes: 1e6,
    ...changes,
  };
  const made = new CountPool(program, setup, size);
  pools.push(made);
  return made;
}

function file(name: string, content?: string | Uint8Array): { key: string; path: string } {
  const where = path.join(folder, name);
  if (content !== undefined) writeFileSync(where, content);
  return { key: `file://${where}`, path: where };
}

beforeAll(async () => {
  await esbuild.build({
    entryPoints: ["src/views/budget/countWorker.ts"],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "cjs",
  });
  tokenizer = await loadTokenizer("o200k_base", directorySource(dataDirectory));
});
afterEach(() => {
  for (const made of pools.splice(0)) made.dispose();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("CountPool, with real threads", () => {
  it("counts what the tokenizer counts", async () => {
    const counting = pool();
    const outcomes = await Promise.all(Object.entries(texts).map(([name, text]) => counting.count(file(name, text))));
    for (const [index, text] of Object.values(texts).entries()) {
      expect(outcomes[index]).toMatchObject({ kind: "counted", tokens: tokenizer.count(text), damaged: false });
    }
  });

  it("says why something is not counted", async () => {
    const counting = pool({ maxBytes: 100 });
    execFileSync("mkfifo", [path.join(folder, "pipe")]);
    mkdirSync(path.join(folder, "sub"));
    expect(await counting.count(file("zip", Uint8Array.of(0x50, 0x4b, 0, 0)))).toMatchObject({
      kind: "skipped",
      reason: "binary",
      size: 4,
    });
    expect(await counting.count(file("large.md", "x".repeat(101)))).toMatchObject({
      kind: "skipped",
      reason: "tooLarge",
      size: 101,
    });
    expect(await counting.count(file("missing.md"))).toEqual({ kind: "gone" });
    expect(await counting.count(file("pipe"))).toEqual({ kind: "skipped", reason: "special" });
    expect(await counting.count(file("sub"))).toEqual({ kind: "skipped", reason: "special" });
    expect(await counting.count(file("latin.md", Uint8Array.of(0x63, 0xe9)))).toMatchObject({
      kind: "counted",
      damaged: true,
    });
  });

  it.skipIf(process.getuid?.() === 0)("says when it may not read a file", async () => {
    const secret = file("secret.md", "x");
    chmodSync(secret.path, 0);
    expect(await pool().count(secret)).toMatchObject({
      kind: "skipped",
      reason: "unreadable",
      detail: "no permission to read it",
    });
  });

  it("counts bytes from elsewhere, asking for them only when they are not known", async () => {
    const counting = pool({}, script, 1);
    const request = { key: "vfs:/a.md", stamp: { mtime: 5, size: 11 } };
    expect(await counting.count(request)).toEqual({ kind: "bytesNeeded" });
    const bytes = new TextEncoder().encode("hello world");
    expect(await counting.count({ ...request, bytes })).toMatchObject({ kind: "counted", tokens: 2 });
    expect(await counting.count(request)).toMatchObject({ kind: "counted", tokens: 2 });
    expect(await counting.count({ ...request, stamp: { mtime: 6, size: 11 } })).toEqual({ kind: "bytesNeeded" });
  });

  it("counts with a tokenizer that the user added, from its packed file", async () => {
    const packedFile = path.join(dataDirectory, "vocabularies", "r50k_base.bin");
    const r50k = await loadTokenizer("r50k_base", directorySource(dataDirectory));
    const text = "日本語のテキスト";
    const outcome = await pool({ tokenizer: "mine", packedFile }).count(file("added.md", text));
    expect(outcome).toMatchObject({ kind: "counted", tokens: r50k.count(text) });
    expect(r50k.count(text)).not.toBe(tokenizer.count(text));
  });

  it("counts with a tokenizer that the user added for the general library, from its own file", async () => {
    const packedFile = path.resolve("test/fixtures/huggingFace/unigram.json");
    const unigram = await loadGeneral("mine", readFileSync(packedFile));
    const text = texts["a.md"]!;
    const outcome = await pool({ tokenizer: "mine", packedFile }).count(file("general.md", text));
    expect(outcome).toMatchObject({ kind: "counted", tokens: unigram.count(text) });
  });

  it("fails with the reason when the tokenizer cannot be loaded", async () => {
    const counting = pool({ tokenizer: "no-such" });
    const requests = [counting.count(file("a.md", "x")), counting.count(file("b.md", "x"))];
    const results = await Promise.allSettled(requests);
    for (const result of results) {
      expect(result).toMatchObject({ status: "rejected" });
      expect(result.status === "rejected" && result.reason).toBeInstanceOf(CountingFailed);
      expect(String(result.status === "rejected" && result.reason)).toContain("no-such");
    }
    await expect(counting.count(file("a.md"))).rejects.toBeInstanceOf(CountingFailed);
  });

  it("rejects what is not answered when it is disposed of", async () => {
    const counting = pool();
    const waiting = Array.from({ length: 50 }, () => counting.count(file("a.md", texts["a.md"])));
    counting.dispose();
    const results = await Promise.allSettled(waiting);
    expect(results.every(({ status }) => status === "rejected")).toBe(true);
  });

  it("gives up the file that kills a thread, and counts the others", async () => {
    const program = path.join(folder, "fragile.js");
    writeFileSync(
      program,
      `const { parentPort } = require("node:worker_threads");
       parentPort.on("message", ({ id, key }) => {
         if (key === "deadly") throw new Error("out of memory");
         parentPort.postMessage({ id, outcome: { kind: "counted", tokens: 1 } });
       });`,
    );
    const counting = pool({}, program, 1);
    const outcomes = await Promise.all(["a", "deadly", "b", "c"].map((key) => counting.count({ key })));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["counted", "skipped", "counted", "counted"]);
    expect(outcomes[1]).toMatchObject({ reason: "unreadable", detail: "counting it stopped: out of memory" });
  });

  it("fails when threads do nothing but stop", async () => {
    const program = path.join(folder, "dead.js");
    writeFileSync(program, `require("node:worker_threads").parentPort.on("message", () => process.exit(3));`);
    const counting = pool({}, program, 1);
    const results = await Promise.allSettled(Array.from({ length: 9 }, (_, i) => counting.count({ key: String(i) })));
    const last = results.at(-1);
    expect(last?.status === "rejected" && last.reason).toBeInstanceOf(CountingFailed);
  });
});

describe("the cache", () => {
  const cacheFile = path.join(folder, "counts", "o200k_base.jsonl");

  it("is used for unchanged files, and for the same content elsewhere", async () => {
    const known = file("known.md", "what it says");
    const { mtimeMs, size } = statSync(known.path);
    const first = await pool().count(known);
    if (first.kind !== "counted") throw new Error("not counted");
    await writeCountCache(cacheFile, "s", [[known.key, mtimeMs, size, first.hash, 777, 0]]);

    // 777 is no true count: who gives it has it from the cache.
    expect(await pool({ cacheFile }).count(known)).toMatchObject({ tokens: 777 });
    expect(await pool({ cacheFile }).count(file("copy.md", "what it says"))).toMatchObject({ tokens: 777 });
    utimesSync(known.path, new Date(), new Date(1));
    expect(await pool({ cacheFile }).count(known)).toMatchObject({ tokens: 777 });
    expect(await pool({ cacheFile }).count(file("known.md", "what it said"))).toMatchObject({ tokens: 3 });
    expect(await pool({ cacheFile, cacheStamp: "other" }).count(file("copy.md"))).toMatchObject({ tokens: 3 });
  });

  it("survives damage", async () => {
    const line = ["k", 1, 2, "h", 3, 0] as const;
    await writeCountCache(cacheFile, "s", [line]);
    writeFileSync(cacheFile, `${readFileSync(cacheFile, "utf8")}["cut",1,\n[1,2,3,4,5,6]\n["k2",1,2,"h",-3,0]\n`);
    const cache = readCountCache(cacheFile, "s");
    expect(cache.file("k", 1, 2)).toEqual(line);
    expect(cache.file("k", 1, 3)).toBeUndefined();
    expect(cache.file("cut", 1, 2)).toBeUndefined();
    expect(cache.file("k2", 1, 2)).toBeUndefined();
    expect(cache.content("h")).toEqual(line);
    expect(readCountCache(path.join(folder, "none.jsonl"), "s").content("h")).toBeUndefined();
  });

  it("keeps the tokenizers used last", async () => {
    for (let i = 0; i < 12; i++) {
      const where = path.join(folder, "many", `t${i}.jsonl`);
      await writeCountCache(where, "s", []);
      utimesSync(where, new Date(), new Date(1e12 + i * 1000));
    }
    await writeCountCache(path.join(folder, "many", "last.jsonl"), "s", []);
    const left = Array.from({ length: 12 }, (_, i) => i).filter(
      (i) => statSync(path.join(folder, "many", `t${i}.jsonl`), { throwIfNoEntry: false }) !== undefined,
    );
    expect(left).toHaveLength(7);
    expect(left).toEqual([5, 6, 7, 8, 9, 10, 11]);
  });
});
