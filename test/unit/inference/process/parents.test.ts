import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { goneWithin, isRunning } from "./specimen";

/** A parent as an extension host is: it opens a model, samples on and on, and is ended from outside. */
const source = `
  import { collect, longSamples, openSpecimen } from "./specimen";
  const engine = await openSpecimen();
  process.on("message", (how) => {
    if (how === "exit") process.exit(0);
    if (how === "throw") setTimeout(() => { throw new Error("as a bug would"); });
    if (how === "disconnect") process.disconnect();
  });
  for (;;) {
    const { error } = await collect(engine.sample(longSamples(engine)), (count) => count === 1 && process.connected && process.send(engine.pid));
    if (error) throw error;
  }
`;
let folder: string;
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "promptscope-parent-"));
  script = path.join(folder, "parent.mjs");
  const stdin = { contents: source, resolveDir: import.meta.dirname, loader: "ts" } as const;
  await build({ stdin, bundle: true, platform: "node", format: "esm", outfile: script });
});
afterAll(() => rm(folder, { recursive: true }));

async function sampling(): Promise<{ parent: ChildProcess; pid: number }> {
  const parent = fork(script, [], { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const pid = await new Promise<number>((resolve, reject) => {
    parent.once("message", (message) => resolve(Number(message)));
    parent.once("exit", (code) => reject(new Error(`the parent ended by itself (${code})`)));
  });
  return { parent, pid };
}

for (const how of ["SIGKILL", "SIGTERM", "exit", "throw"] as const) {
  it(`leaves no process behind when its parent ends by ${how} in mid-run`, async () => {
    const { parent, pid } = await sampling();
    expect(await isRunning(pid)).toBe(true);
    if (how.startsWith("SIG")) parent.kill(how as NodeJS.Signals);
    else parent.send(how);
    expect(await goneWithin(pid, 3000)).toBe(true);
    parent.kill("SIGKILL");
  });
}
