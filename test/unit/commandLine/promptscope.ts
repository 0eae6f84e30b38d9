import { spawnSync } from "node:child_process";
import path from "node:path";

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** Where the build put the command line. */
export const commandLine = path.resolve("dist/commandLine.cjs");

/** Runs the built command line; `cwd` is where it stands. */
export function promptscope(parameters: readonly string[], input: string | Uint8Array = "", cwd = "."): Outcome {
  const options = { input, cwd, encoding: "utf8", timeout: 60_000, maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandLine, ...parameters], options);
  return { status, out: stdout, error: stderr };
}
