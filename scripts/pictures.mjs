// npm run pictures: makes the README's pictures, dark and light, from the real workbench (test/e2e/pictures.ts).
import { binary, runNode } from "./workbench/processes.mjs";

await runNode(["esbuild.mjs"], { quiet: true });
await runNode([
  binary("vitest", "vitest.mjs"),
  "run",
  "--config",
  "test/e2e/pictures.config.mts",
  ...process.argv.slice(2),
]);
