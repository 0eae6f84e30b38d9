// Runs Node scripts and tools of this project as child processes.
import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./install.mjs";
import { SetupError } from "./packages.mjs";

/**
 * Ends a child with this process, however this one ends short of SIGKILL.
 * @param {import("node:child_process").ChildProcess} child
 * @param {() => void} end kills it
 */
export function endWithUs(child, end) {
  process.once("exit", end);
  child.once("close", () => process.off("exit", end));
}

/**
 * Calls `end` once this process is asked to end: by a signal, or by the end of the process that started it, since npm
 * and its shell pass no signals on.
 * @param {() => void} end
 */
export function whenAskedToEnd(end) {
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.once(signal, end);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    end();
  }, 500);
  watch.unref();
}

/** Characters of what a process said last that are shown: programs warn a lot before they fail. */
const shownCharacters = 4000;

/**
 * Resolves when a child has ended well. Rejects with the end of what it wrote to standard error, which must be piped.
 * @param {import("node:child_process").ChildProcess} child
 * @param {string} name as a person knows it
 */
export async function endedWell(child, name) {
  let output = "";
  child.stderr.on("data", (data) => (output = `${output}${data}`.slice(-shownCharacters)));
  const how = await new Promise((resolve, reject) =>
    child.once("error", reject).once("close", (code, signal) => resolve(code ?? signal)),
  );
  if (how !== 0) throw new SetupError(`${name} ended with ${how}.\n${output}`);
}

/**
 * Runs Node with `words` in the project's folder. Rejects when it ends with another status than 0.
 * @param {string[]} words
 * @param {{quiet?: boolean, environment?: Record<string, string>}} [options] quiet: output is shown only on failure
 */
export async function runNode(words, { quiet = false, environment = {} } = {}) {
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
  });
  endWithUs(child, () => child.kill());
  let output = "";
  child.stdout?.on("data", (data) => (output += data));
  child.stderr?.on("data", (data) => (output += data));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code !== 0) throw new Error(`node ${words.join(" ")} ended with ${code}\n${output}`);
}

/** The script that an installed package offers as a command: `binary("typescript", "bin/tsc")`. */
export function binary(packageName, file) {
  return path.join(root, "node_modules", packageName, file);
}
