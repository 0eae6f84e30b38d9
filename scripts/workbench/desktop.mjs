// A desktop VS Code, where there is one and a screen to show it on.
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** Whether a window can be shown. */
export function hasDisplay() {
  if (process.platform !== "linux") return !process.env.CI;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** The command that starts VS Code, from PATH or the usual places; undefined without a display. */
export function findDesktop() {
  if (!hasDisplay()) return undefined;
  const name = process.platform === "win32" ? "code.cmd" : "code";
  const onPath = (process.env.PATH ?? "").split(path.delimiter).map((folder) => path.join(folder, name));
  const usual = {
    darwin: ["/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code"],
    win32: [path.join(os.homedir(), "AppData", "Local", "Programs", "Microsoft VS Code", "bin", "code.cmd")],
    linux: ["/usr/share/code/bin/code", "/snap/bin/code"],
  };
  return [...onPath, ...(usual[process.platform] ?? [])].find((file) => existsSync(file));
}

/**
 * A command as `spawn` takes it. On Windows VS Code's is a .cmd, which only a shell starts, and with a shell Node quotes nothing:
 * "C:\\Users\\…\\Microsoft VS Code\\bin\\code.cmd" has blanks in it. Made after the documentation, not tried on Windows.
 * @param {string} command
 * @param {readonly string[]} words
 */
export function spawnable(command, words, platform = process.platform) {
  if (platform !== "win32") return { command, words, shell: false };
  // No file name has a quote in it there.
  const quoted = (word) => `"${word}"`;
  return { command: quoted(command), words: words.map(quoted), shell: true };
}

/**
 * The command that opens an address, to which it is added. Not `cmd /c start`, which ends an address at its first &. Not tried
 * on Windows.
 */
export function browserOpener(platform = process.platform) {
  const openers = { darwin: ["open"], win32: ["rundll32", "url.dll,FileProtocolHandler"] };
  return openers[platform] ?? ["xdg-open"];
}
