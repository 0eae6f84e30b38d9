import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import {
  type InstallOptions,
  installPackages,
  isInstalled,
  isOutdated,
} from "../../../../src/inference/library/runtime/installPackages";
import { cudaBinaries, type RuntimePackage } from "../../../../src/inference/library/runtime/runtimePackages";
import { KeptLog } from "./keptLog";
import { type MisbehavingServer, testServers } from "./misbehavingServer";
import { put, temporaryFolders } from "./temporaryFolder";

// A registry on this machine and a small package made here, whole as npm packs them; CUDA's own are half a gigabyte.
const server = testServers();
const folder = temporaryFolders();
const name = "@promptscope-test/small-runtime";
const version = "1.2.3";

async function archive(): Promise<Buffer> {
  const at = await folder();
  await put(at, "package/package.json", JSON.stringify({ name, version }));
  await put(at, "package/bins/linux/lib.so", Buffer.alloc(300_000, "binary"));
  await promisify(execFile)("tar", ["-czf", "small.tgz", "package"], { cwd: at });
  return readFile(path.join(at, "small.tgz"));
}

const integrityOf = (bytes: Uint8Array): string => `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

/** Publishes the package; gives what to ask for. */
function publish(registry: MisbehavingServer, bytes: Buffer, integrity = integrityOf(bytes)): RuntimePackage {
  const tarball = registry.serve("/small-1.2.3.tgz", { bytes });
  const answer = JSON.stringify({ name, version, dist: { tarball, integrity } });
  registry.serve("/@promptscope-test%2fsmall-runtime/1.2.3", { bytes: Buffer.from(answer) });
  return { name, version, integrity: undefined };
}

function options(registry: MisbehavingServer, at: string, more: Partial<InstallOptions> = {}): InstallOptions {
  return {
    folder: at,
    registry: `${registry.origin}/`,
    unpackedBytes: 400_000,
    log: new KeptLog(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    downloads: { retry: { attempts: 2, firstDelayMs: 5, longestDelayMs: 10 }, stallMs: 2000 },
    ...more,
  };
}

describe("packages of the runtime", () => {
  it("are fetched, checked, unpacked where the runtime looks for them, and not fetched again", async () => {
    const registry = await server();
    const wanted = publish(registry, await archive());
    const at = await folder();
    const steps = new Set<string>();
    await installPackages([wanted], options(registry, at, { onProgress: (step) => steps.add(step) }));
    const file = path.join(at, "node_modules", name, "bins/linux/lib.so");
    expect((await readFile(file)).length).toBe(300_000);
    expect(await isInstalled(wanted, at)).toBe(true);
    const newer = { ...wanted, version: "1.2.4" };
    expect(await isInstalled(newer, at)).toBe(false);
    expect(await isOutdated([wanted], at)).toBe(false);
    expect(await isOutdated([newer], at)).toBe(true);
    expect(await isOutdated([newer], await folder())).toBe(false);
    expect([...steps]).toEqual(expect.arrayContaining(["checking", "unpacking"]));
    expect(await readdir(at)).toEqual(["node_modules"]);
    const requests = registry.seen.length;
    await installPackages([wanted], options(registry, at));
    expect(registry.seen.length).toBe(requests);
  });

  it.each(["", '{ "name": "@promptscope-test/sm', "null", "{}"])(
    "are fetched anew where what is there does not say its version: %j",
    async (content) => {
      const registry = await server();
      const wanted = publish(registry, await archive());
      const at = await folder();
      await put(at, path.join("node_modules", name, "package.json"), content);
      expect(await isOutdated([wanted], at)).toBe(true);
      expect(await isInstalled(wanted, at)).toBe(false);
      await installPackages([wanted], options(registry, at));
      expect(await isInstalled(wanted, at)).toBe(true);
      expect(await isOutdated([wanted], at)).toBe(false);
    },
  );

  it("are not kept when they are not what the registry names", async () => {
    const registry = await server();
    const wanted = publish(registry, await archive(), integrityOf(Buffer.from("something else")));
    const at = await folder();
    await expect(installPackages([wanted], options(registry, at))).rejects.toMatchObject({
      code: "wrongHash",
      message: expect.stringContaining(`came from ${new URL(registry.origin).host} and is not what it should be`),
    });
    expect(await readdir(at)).toEqual([]);
  });

  it("are not even fetched when the registry names others than those that were tested", async () => {
    const registry = await server();
    const wanted = publish(registry, await archive());
    const known = { ...wanted, integrity: integrityOf(Buffer.from("the tested one")) };
    await expect(installPackages([known], options(registry, await folder()))).rejects.toMatchObject({
      code: "wrongHash",
    });
    expect(registry.seen.map((each) => each.path)).not.toContain("/small-1.2.3.tgz");
  });

  it("are gone on with where a try before ended", async () => {
    const registry = await server();
    const bytes = await archive();
    const wanted = publish(registry, bytes);
    const at = await folder();
    const stop = new AbortController();
    const stalled = registry.files.get("/small-1.2.3.tgz");
    if (!stalled) throw new Error("the package is served");
    stalled.stall = { after: 100, times: 9 };
    stalled.onRequest = () => setTimeout(() => stop.abort(new Error("the window closed")), 300);
    await expect(installPackages([wanted], options(registry, at, { signal: stop.signal }))).rejects.toThrow(
      "the window closed",
    );
    delete stalled.stall;
    delete stalled.onRequest;
    await installPackages([wanted], options(registry, at));
    expect(await isInstalled(wanted, at)).toBe(true);
    expect(registry.seen.some(({ range }) => range?.startsWith("bytes=100-"))).toBe(true);
  });

  it("are refused with the reason: not there, no registry, no archive", async () => {
    const registry = await server();
    const missing = { name: "@promptscope-test/missing", version, integrity: undefined };
    const at = await folder();
    await expect(installPackages([missing], options(registry, at))).rejects.toMatchObject({ code: "notFound" });
    registry.serve("/@promptscope-test%2fmissing/1.2.3", { bytes: Buffer.from("<html>") });
    await expect(installPackages([missing], options(registry, at))).rejects.toMatchObject({
      code: "server",
      message: expect.stringContaining("promptscope.local.runtimeRegistry"),
    });
    const page = publish(registry, Buffer.from("no archive at all"));
    await expect(installPackages([page], options(registry, at))).rejects.toMatchObject({
      code: "unreadable",
      message: expect.stringContaining("could not be unpacked"),
    });
    expect(existsSync(path.join(at, "node_modules", name))).toBe(false);
  });
});

describe("CUDA's packages", () => {
  it("are of the runtime's version, and those of the lock file", async () => {
    const [lock, own] = await Promise.all(
      ["package-lock.json", "package.json"].map(async (file) => JSON.parse(await readFile(file, "utf8"))),
    );
    const runtime = { ...own.dependencies, ...own.devDependencies, ...own.optionalDependencies }["node-llama-cpp"];
    for (const platform of ["linux", "win32"] as const)
      for (const { name: cuda, version: at, integrity } of cudaBinaries(platform, "x64")?.packages ?? []) {
        expect(at).toBe(runtime);
        const locked = lock.packages[`node_modules/${cuda}`];
        expect(locked.version).toBe(at);
        if (integrity !== undefined) expect(integrity).toBe(locked.integrity);
      }
    expect(cudaBinaries("darwin", "x64")).toBeUndefined();
    expect(cudaBinaries("linux", "arm64")).toBeUndefined();
  });
});
