// Fetches one npm package into a folder, by exact version and integrity, without running anything of it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const windows = process.platform === "win32";

/** A fault a person can do something about; the message alone is shown. */
export class SetupError extends Error {}

/**
 * Unpacks a package so that `folder` holds its files.
 * @param {{name: string, version: string, integrity: string}} pin `integrity` as in a lock file: `sha512-` and base64
 * @param {string} folder absolute; replaced when it exists
 */
export async function fetchPackage({ name, version, integrity }, folder) {
  const parent = path.dirname(folder);
  await mkdir(parent, { recursive: true });
  const scratch = await mkdtemp(path.join(parent, "fetch-"));
  try {
    const spec = `${name}@${version}`;
    const answer = JSON.parse(await npm(["pack", spec, "--json", "--pack-destination", scratch], parent));
    const archive = path.join(scratch, path.basename(answer[0].filename));
    const actual = `sha512-${createHash("sha512")
      .update(await readFile(archive))
      .digest("base64")}`;
    if (actual !== integrity) {
      throw new SetupError(
        `${spec} is not the package this project was tested with: ${actual}, expected ${integrity}.`,
      );
    }
    await run("tar", ["-xzf", archive, "-C", scratch]);
    await rm(folder, { recursive: true, force: true });
    await rename(path.join(scratch, "package"), folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Runs npm in a folder and returns its standard output.
 * @param {string[]} args
 * @param {string} cwd
 */
export async function npm(args, cwd) {
  try {
    const options = { cwd, maxBuffer: 64e6, shell: windows, env: { ...process.env, NODE_ENV: "production" } };
    return (await run(windows ? "npm.cmd" : "npm", args, options)).stdout;
  } catch (error) {
    if (error.code === "ENOENT") throw new SetupError("npm was not found. Install Node.js with npm and try again.");
    const lines = String(error.stderr || error.message)
      .split("\n")
      .filter((line) => /^npm err/i.test(line));
    const reason = lines.slice(0, 4).join("\n") || String(error.message);
    throw new SetupError(`npm ${args.slice(0, 2).join(" ")} failed. Is the network reachable?\n${reason}`);
  }
}
