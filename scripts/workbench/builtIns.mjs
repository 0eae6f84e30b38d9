// The extensions that come with VS Code, without those that run programs of their own.
import { mkdir, readdir, readFile, rm, symlink } from "node:fs/promises";
import path from "node:path";

/** Built-in extensions with code that windows of the tests have something for. */
const wanted = new Set(["configuration-editing", "ipynb", "json-language-features", "markdown-language-features"]);

/**
 * Makes a folder with those of VS Code's extensions that describe languages and themes, and the few wanted ones with code:
 * git, the assistant, language servers and debuggers take a seventh of what a window costs to open.
 * @param {string} all the folder they come in
 * @param {string} folder absolute; made anew
 */
export async function quietBuiltIns(all, folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(all)) {
    const manifest = await manifestOf(path.join(all, name));
    if (!manifest || ((manifest.main || manifest.browser) && !wanted.has(name))) continue;
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
