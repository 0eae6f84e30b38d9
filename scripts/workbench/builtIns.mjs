// The extensions that come with VS Code, without those that only run on the server.
import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import path from "node:path";

/**
 * Makes a folder with VS Code's extensions but for those that run on the server alone: git, the assistant, build tools and
 * debuggers take part of what a window costs to open.
 * @param {string} all the folder they come in
 * @param {string} folder absolute; made anew
 */
export async function quietBuiltIns(all, folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(all)) {
    const manifest = await manifestOf(path.join(all, name));
    // The page knows by itself which can run in it, and complains of those that are missing.
    if (!manifest || (manifest.main && !manifest.browser)) continue;
    await symlink(path.join(all, name), path.join(folder, name), "junction");
  }
}

/** Undefined for what is no extension: a folder of modules, say. */
async function manifestOf(folder) {
  try {
    return JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  }
}
