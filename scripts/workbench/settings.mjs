// The settings of a workbench: quiet defaults, in its server's data folder and not in the workspace.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** No assistant, no news, no questions. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
};

/**
 * Writes the settings of a server.
 * @param {string} dataFolder
 * @param {Record<string, unknown>} settings
 * @param {{keep?: boolean, say?: (line: string) => void}} [options] keep: what is set there already stays, and only what is
 *   missing is added
 */
export async function writeSettings(dataFolder, settings, { keep = false, say = () => {} } = {}) {
  for (const scope of ["Machine", "User"]) {
    const file = path.join(dataFolder, "data", scope, "settings.json");
    await mkdir(path.dirname(file), { recursive: true });
    const text = keep ? await textOf(file) : "";
    const there = parsed(text);
    if (there) await writeFile(file, JSON.stringify({ ...settings, ...there }, null, 2));
    else say(`${file} is no plain JSON: it is left as it is.`);
  }
}

/** @returns {Promise<string>} "" where there is no such file */
async function textOf(file) {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

/** Undefined for what JSON.parse does not read: comments, which VS Code allows and writing would lose. */
function parsed(text) {
  try {
    return text.trim() === "" ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
