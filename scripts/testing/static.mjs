// Checks that run nothing of the extension: each counts as one test. The longest stand first.
import { availableParallelism } from "node:os";
import { binary, runNode } from "../workbench/processes.mjs";

const checks = [
  ["types, host", [binary("typescript", "bin/tsc"), "-p", "tsconfig.host.json"]],
  ["types, tests", [binary("typescript", "bin/tsc"), "-p", "tsconfig.test.json"]],
  ["types, webviews", [binary("typescript", "bin/tsc"), "-p", "tsconfig.webview.json"]],
  [
    "import rule",
    [
      binary("dependency-cruiser", "bin/dependency-cruise.mjs"),
      "src",
      "webview",
      "--config",
      ".dependency-cruiser.cjs",
    ],
  ],
  ["types, pure parts", [binary("typescript", "bin/tsc"), "-p", "tsconfig.pure.json"]],
  ["unused code and dependencies", [binary("knip", "bin/knip.js")]],
  ["format and lint", [binary("@biomejs/biome", "bin/biome"), "ci", "--error-on-warnings", "."]],
];

/** All run even when one fails, so that all faults show at once; as many at a time as there are cores, up to four. */
export async function staticChecks() {
  const outcome = { passed: 0, failed: 0, skipped: 0 };
  const left = [...checks];
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) await check(...next);
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return outcome;

  async function check(name, words) {
    const start = Date.now();
    try {
      await runNode(words, { quiet: true });
      console.log(`  ✓ ${name} ${Date.now() - start} ms`);
      outcome.passed++;
    } catch (error) {
      console.log(`  ✗ ${name}\n${error.message}`);
      outcome.failed++;
    }
  }
}
