import { spawnSync } from "node:child_process";

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the built command line. */
export function promptscope(parameters: readonly string[], input = ""): Outcome {
  const options = { input, encoding: "utf8", timeout: 60_000, maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["dist/commandLine.cjs", ...parameters], options);
  return { status, out: stdout, error: stderr };
}
