// npm run -s promptscope -- ARGUMENTS: the command line, built first where it is not.
import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./workbench/install.mjs";
import { runNode } from "./workbench/processes.mjs";

const built = path.join(root, "dist", "commandLine.cjs");
if (!existsSync(built)) {
  process.stderr.write("Building, once …\n");
  await runNode(["esbuild.mjs"], { quiet: true });
}
process.argv[1] = built;
await import(built);
