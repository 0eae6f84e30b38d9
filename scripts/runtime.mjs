// The runtime of local models as it ships: what node-llama-cpp really imports, and one platform's binaries.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import * as esbuild from "esbuild";
import { root } from "./workbench/install.mjs";

const run = promisify(execFile);

/** VS Code's targets and the packages with their binaries. CUDA is left out: half a gigabyte that few people need. */
const binaries = {
  "linux-x64": ["linux-x64", "linux-x64-vulkan"],
  "linux-arm64": ["linux-arm64"],
  "linux-armhf": ["linux-armv7l"],
  "darwin-x64": ["mac-x64"],
  "darwin-arm64": ["mac-arm64-metal"],
  "win32-x64": ["win-x64", "win-x64-vulkan"],
  "win32-arm64": ["win-arm64"],
};
export const targets = Object.keys(binaries);

/** Read at run time by path, so that no import leads to them. */
const data = ["llama/binariesGithubRelease.json", "llama/llama.cpp.info.json", "llama/package.json", "llama/grammars"];

/** This machine's target. */
export function hostTarget() {
  const arch = process.arch === "arm" ? "armhf" : process.arch;
  return `${process.platform}-${arch}`;
}

/**
 * Copies the runtime into `folder` (a `node_modules`): the files that node-llama-cpp reaches by its imports, static and
 * dynamic, each package's manifest and licence, and the target's binaries.
 * @param {string} folder
 * @param {string} target
 */
export async function stageRuntime(folder, target) {
  if (!binaries[target]) throw new Error(`There is no target “${target}”. There are: ${targets.join(", ")}.`);
  const files = await importedFiles();
  const packages = new Set(files.map(packageOf));
  for (const file of new Set(files.flatMap((file) => [file, ...manifestsOf(file)]))) await copy(file, folder);
  for (const each of packages) {
    for (const name of ["LICENSE", "LICENSE.md", "LICENCE", "license", "LICENSE.txt"]) {
      if (existsSync(path.join(root, each, name))) await copy(path.join(each, name), folder);
    }
  }
  for (const each of data) await copy(path.join("node_modules/node-llama-cpp", each), folder);
  for (const name of binaries[target]) {
    const source = await binaryPackage(`@node-llama-cpp/${name}`);
    await cp(source, path.join(folder, "@node-llama-cpp", name), { recursive: true });
  }
}

/** @returns {Promise<string[]>} paths from the project's folder */
async function importedFiles() {
  const { metafile } = await esbuild.build({
    stdin: { contents: 'import "node-llama-cpp";', resolveDir: root },
    absWorkingDir: root,
    outdir: "unused",
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    // As Node resolves: without the condition "module", which only bundlers know.
    conditions: [],
    // Binaries are copied whole; reflink speeds up downloads, of which there are none; electron is the host's.
    external: ["@node-llama-cpp/*", "@reflink/*", "electron"],
  });
  return Object.keys(metafile.inputs).filter((file) => file.startsWith("node_modules/"));
}

function packageOf(file) {
  const [whole] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file) ?? [];
  if (!whole) throw new Error(`${file} is in no package`);
  return whole;
}

/** The package.json files that say what kind of module a file is: its package's, and any on the way to it. */
function manifestsOf(file) {
  const whole = packageOf(file);
  const manifests = [];
  for (let folder = path.dirname(file); folder.length >= whole.length; folder = path.dirname(folder)) {
    const manifest = path.join(folder, "package.json");
    if (existsSync(path.join(root, manifest))) manifests.push(manifest);
  }
  return manifests;
}

async function copy(file, folder) {
  const to = path.join(folder, path.relative("node_modules", file));
  await mkdir(path.dirname(to), { recursive: true });
  await cp(path.join(root, file), to, { recursive: true });
}

/** An installed package's folder; that of another platform is fetched. npm checks its sum, and we the lock file's, if any. */
async function binaryPackage(name) {
  const installed = path.join(root, "node_modules", name);
  if (existsSync(installed)) return installed;
  const lock = JSON.parse(await readFile(path.join(root, "package-lock.json"), "utf8"));
  const { version, integrity } = lock.packages[`node_modules/${name}`];
  const folder = path.join(root, ".cache", "runtime", `${name.split("/")[1]}-${version}`);
  if (existsSync(path.join(folder, "checked"))) return path.join(folder, "package");
  await mkdir(folder, { recursive: true });
  const { stdout } = await run("npm", ["pack", `${name}@${version}`, "--pack-destination", folder, "--json"]);
  const [packed] = JSON.parse(stdout);
  if (integrity && packed.integrity !== integrity)
    throw new Error(`${name}@${version} is not what the lock file names.`);
  await run("tar", ["xzf", path.join(folder, packed.filename.replace("@", "").replace("/", "-")), "-C", folder]);
  await writeFile(path.join(folder, "checked"), "");
  return path.join(folder, "package");
}
