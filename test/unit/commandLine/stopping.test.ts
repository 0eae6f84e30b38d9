import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { commandLine } from "./promptscope";

/** How a command that waits for standard input ends when it is asked to, once. */
async function stopped(parameters: readonly string[]) {
  const child = spawn(process.execPath, [commandLine, ...parameters], { stdio: ["pipe", "ignore", "pipe"] });
  let error = "";
  child.stderr.setEncoding("utf8").on("data", (part: string) => {
    error += part;
  });
  // More than a pipe holds: when it is gone, the command is reading.
  await new Promise((resolve) => child.stdin.write("a ".repeat(500_000), resolve));
  child.kill("SIGINT");
  const [code, signal] = await once(child, "close");
  return { code, signal, error };
}

it("at the first Ctrl-C: a command that asks no model ends as any program does", async () => {
  expect(await stopped(["count", "-"])).toEqual({ code: null, signal: "SIGINT", error: "" });
});

it.each([
  ["score", "-"],
  ["probe", "Ada Lovelace", "--page", "-"],
  ["interrogate", "-"],
  ["suites", "-f", "-"],
  ["run", "-"],
])("at the first Ctrl-C: %s %s, even where it waits for a text", async (...parameters) => {
  expect(await stopped(parameters)).toEqual({ code: 2, signal: null, error: "promptscope: Stopped.\n" });
});
