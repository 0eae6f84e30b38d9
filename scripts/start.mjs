// npm start: builds, and opens VS Code with the extension and a copy of the sample workspace.
//   npm start                 a desktop VS Code if there is one, otherwise the workbench in the browser
//   npm start -- --no-open    starts the workbench and prints its address alone
//   npm start -- --browser    the workbench in the browser even where there is a desktop VS Code
//   npm start -- --fresh      a new copy of the sample workspace and the first settings, in place of what was left there
import { spawn } from "node:child_process";
import path from "node:path";
import { windowAddress } from "./workbench/address.mjs";
import { browserOpener, findDesktop, hasDisplay, spawnable } from "./workbench/desktop.mjs";
import { root } from "./workbench/install.mjs";
import { SetupError } from "./workbench/packages.mjs";
import { endedWell, endWithUs, runNode, whenAskedToEnd } from "./workbench/processes.mjs";
import { keptSampleFolder, sampleFolder } from "./workbench/sampleFolder.mjs";
import { startServer } from "./workbench/server.mjs";

const flags = new Set(process.argv.slice(2));
const say = (line) => process.stderr.write(`${line}\n`);

/** Resolves at Ctrl-C and the like: from the first line on, so that nothing outlives us. */
const asked = new Promise(whenAskedToEnd);
try {
  await Promise.race([start(), asked]);
  process.exit(0);
} catch (error) {
  say(error instanceof SetupError ? error.message : error.stack);
  process.exit(1);
}

async function start() {
  say("Building …");
  await runNode(["esbuild.mjs"], { quiet: true });
  const folder = await workspaceFolder();
  const desktop = flags.has("--no-open") || flags.has("--browser") ? undefined : findDesktop();
  await (desktop ? openDesktop(desktop, folder) : openBrowser(folder));
}

/** Runs, texts and settings of the last time stay: they are a person's own. */
async function workspaceFolder() {
  if (flags.has("--fresh")) return sampleFolder("start");
  const { folder, made } = await keptSampleFolder("start");
  if (!made) say(`${folder} is as you left it; “npm start -- --fresh” makes a new copy.`);
  return folder;
}

/** Waits until the window is closed. */
function openDesktop(executable, folder) {
  const data = path.join(root, ".cache", "desktop");
  say(`Opening ${executable}. Ctrl-C closes it.`);
  const { command, words, shell } = spawnable(executable, [
    ...[folder, path.join(folder, "prompts", "word-problems.md"), "--new-window", "--wait"],
    ...[`--extensionDevelopmentPath=${root}`, "--disable-workspace-trust"],
    ...[`--user-data-dir=${path.join(data, "user")}`, `--extensions-dir=${path.join(data, "extensions")}`],
  ]);
  const child = spawn(command, words, { stdio: ["ignore", "ignore", "pipe"], shell });
  endWithUs(child, () => child.kill());
  return endedWell(child, executable);
}

async function openBrowser(folder) {
  const server = await startServer({
    dataFolder: path.join(root, ".cache", "start-data"),
    say,
    keepSettings: !flags.has("--fresh"),
  });
  const file = path.join(folder, "prompts", "word-problems.md");
  const address = windowAddress(server.address, { folder, file, extension: root });
  process.stdout.write(`${address}\n`);
  if (!flags.has("--no-open")) {
    say("Open this address in Chrome, Edge or Firefox. Ctrl-C ends it.");
    if (hasDisplay()) openInBrowser(address);
  }
  await server.ended;
  throw new SetupError("The workbench ended by itself. Start it again.");
}

function openInBrowser(address) {
  const [command, ...words] = browserOpener();
  const child = spawn(command, [...words, address], { stdio: "ignore", detached: true });
  child.on("error", () => say(`${command} is missing: open the address yourself.`));
  child.on("exit", (code) => code !== 0 && say(`${command} ended with ${code}: open the address yourself.`));
  child.unref();
}
