import { execFileSync } from "node:child_process";

/** The unit tests read what is shipped: the compiled core and the packed vocabularies in `dist/`. */
export function setup(): void {
  execFileSync(process.execPath, ["esbuild.mjs", "--data-only"], { stdio: "inherit" });
}
