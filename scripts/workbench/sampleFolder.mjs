// Copies of the sample workspace, so that nobody's edits reach the repository.
import { existsSync } from "node:fs";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./install.mjs";

/**
 * A fresh copy at `.cache/workspaces/NAME/sample-workspace`.
 * @param {string} name
 * @param {Record<string, unknown>} [settings] written to its .vscode/settings.json
 * @returns {Promise<string>} its absolute path
 */
export async function sampleFolder(name, settings) {
  const folder = placeOf(name);
  await rm(path.dirname(folder), { recursive: true, force: true });
  await cp(path.join(root, "media", "sample-workspace"), folder, { recursive: true });
  if (settings) {
    await mkdir(path.join(folder, ".vscode"), { recursive: true });
    await writeFile(path.join(folder, ".vscode", "settings.json"), JSON.stringify(settings, null, 2));
  }
  return folder;
}

/**
 * The copy that is there, with whatever a person did in it; made where there is none.
 * @param {string} name
 * @returns {Promise<{folder: string, made: boolean}>} its absolute path, and whether it was made now
 */
export async function keptSampleFolder(name) {
  const folder = placeOf(name);
  if (existsSync(folder)) return { folder, made: false };
  // It gets its name when it is whole: half a copy would be kept, too.
  const begun = `${folder}.new`;
  await rm(begun, { recursive: true, force: true });
  await cp(path.join(root, "media", "sample-workspace"), begun, { recursive: true });
  await rename(begun, folder);
  return { folder, made: true };
}

function placeOf(name) {
  return path.join(root, ".cache", "workspaces", name, "sample-workspace");
}
