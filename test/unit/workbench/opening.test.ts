import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { browserOpener, spawnable } from "../../../scripts/workbench/desktop.mjs";
import { endedWell } from "../../../scripts/workbench/processes.mjs";

describe("npm start", () => {
  it("quotes what Windows' shell would cut at blanks", () => {
    const code = "C:\\Users\\A B\\Microsoft VS Code\\bin\\code.cmd";
    expect(spawnable(code, ["C:\\a & b", "--wait"], "win32")).toEqual({
      command: `"${code}"`,
      words: ['"C:\\a & b"', '"--wait"'],
      shell: true,
    });
    expect(spawnable("/usr/bin/code", ["/a b"], "linux")).toEqual({
      command: "/usr/bin/code",
      words: ["/a b"],
      shell: false,
    });
  });

  it("opens an address without a shell that reads it", () => {
    expect(["win32", "darwin", "linux"].map((platform) => browserOpener(platform as NodeJS.Platform)[0])).toEqual([
      "rundll32",
      "open",
      "xdg-open",
    ]);
  });

  it("says how VS Code failed, with what it said", async () => {
    const run = (script: string) => {
      const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "ignore", "pipe"] });
      return endedWell(child, "code");
    };
    await expect(run("process.stderr.write('no display'); process.exitCode = 3")).rejects.toThrow(
      "code ended with 3.\nno display",
    );
    await expect(run("process.kill(process.pid, 'SIGKILL')")).rejects.toThrow("code ended with SIGKILL.");
    await expect(run("process.stderr.write('a warning')")).resolves.toBeUndefined();
  });
});
