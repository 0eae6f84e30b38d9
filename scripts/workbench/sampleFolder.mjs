// Copies of the sample workspace, so that nobody's edits reach the repository.
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./install.mjs";

/**
 * A fresh copy at `.cache/workspaces/NAME/sample-workspace`.
 * @param {string} name
 * @param {Record<string, unknown>} [settings] written to its .vscode/settings.json
 * @returns {Promise<string>} its absolute path
 */
export async function sampleFolder(name, settings) {
  const folder = path.join(root, ".cache", "workspaces", name, "sample-workspace");
  await rm(path.dirname(folder), { recursive: true, force: true });
  await cp(path.join(root, "media", "sample-workspace"), folder, { recursive: true });
  if (settings) {
    await mkdir(path.join(folder, ".vscode"), { recursive: true });
    await writeFile(path.join(folder, ".vscode", "settings.json"), JSON.stringify(settings, null, 2));
  }
  return folder;
}
