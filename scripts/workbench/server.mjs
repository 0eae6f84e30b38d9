// Starts the workbench's server on a free port and stops it with everything it started.
import { spawn } from "node:child_process";
import path from "node:path";
import { quietBuiltIns } from "./builtIns.mjs";
import { installWorkbench } from "./install.mjs";
import { SetupError } from "./packages.mjs";
import { endWithUs } from "./processes.mjs";
import { quietSettings, writeSettings } from "./settings.mjs";

/**
 * @typedef {object} Server
 * @property {string} address `http://127.0.0.1:PORT`
 * @property {string} dataFolder where it keeps settings, logs and installed extensions
 * @property {Promise<unknown>} ended resolves when it has ended, asked to or not
 * @property {() => Promise<void>} stop ends it and all its processes
 */

/**
 * @param {object} options
 * @param {string} options.dataFolder absolute; made when missing
 * @param {(line: string) => void} options.say told what takes time
 * @param {Record<string, unknown>} [options.settings] added to the quiet defaults
 * @param {boolean} [options.keepSettings] what is set in the data folder already stays
 * @param {Record<string, string>} [options.environment] added to the server's and so the extension host's
 * @param {boolean} [options.fewBuiltIns] without those of VS Code's own extensions that run on the server alone
 * @returns {Promise<Server>}
 */
export async function startServer({
  dataFolder,
  say,
  settings = {},
  keepSettings = false,
  environment = {},
  fewBuiltIns = false,
}) {
  const { node, server } = await installWorkbench(say);
  await writeSettings(dataFolder, { ...quietSettings, ...settings }, { keep: keepSettings, say });
  const words = [server, ...serverArguments(dataFolder)];
  if (fewBuiltIns) {
    const folder = path.join(dataFolder, "built-in-extensions");
    await quietBuiltIns(path.resolve(path.dirname(server), "..", "extensions"), folder);
    words.push("--builtin-extensions-dir", folder);
  }
  const child = spawn(node, words, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environment },
    detached: process.platform !== "win32",
  });
  endWithUs(child, () => signalGroup(child, "SIGKILL"));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = () => endGroup(child, ended);
  try {
    return { address: `http://127.0.0.1:${await listeningPort(child)}`, dataFolder, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Installs a packed extension for every window of a server with this data folder.
 * @param {string} dataFolder
 * @param {string} vsix
 * @param {(line: string) => void} say
 */
export async function installExtension(dataFolder, vsix, say) {
  const { node, server } = await installWorkbench(say);
  await writeSettings(dataFolder, quietSettings);
  const child = spawn(node, [server, ...serverArguments(dataFolder), "--install-extension", vsix, "--force"], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  endWithUs(child, () => signalGroup(child, "SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`The extension could not be installed (exit ${code}):\n${output}`);
}

function serverArguments(dataFolder) {
  return [
    ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token", "--accept-server-license-terms"],
    ...["--enable-smoke-test-driver", "--server-data-dir", dataFolder, "--telemetry-level", "off"],
    // A window that is gone stays gone: its extension host ends after seconds instead of hours.
    ...["--reconnection-grace-time", "20"],
  ];
}

/** The server picks the port itself and says which: no race for a free one. */
function listeningPort(child) {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new SetupError(`The workbench did not start in 60 s:\n${output}`)), 60_000);
    const read = (data) => {
      output += data;
      const found = /Extension host agent listening on (\d+)/.exec(output);
      if (!found) return;
      clearTimeout(timer);
      resolve(Number(found[1]));
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", reject);
    child.on("exit", (code) => {
      clearTimeout(timer);
      reject(new SetupError(`The workbench ended while starting (exit ${code}):\n${output}`));
    });
  });
}

/** Ends a child and whatever it started: politely first, then not. */
async function endGroup(child, ended) {
  if (child.exitCode !== null || child.signalCode !== null) return signalGroup(child, "SIGKILL");
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), 3000);
  await ended;
  clearTimeout(timer);
  signalGroup(child, "SIGKILL");
}

function signalGroup(child, signal) {
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
