// Checks that run nothing of the extension: each counts as one test.
import { binary, runNode } from "../workbench/processes.mjs";

const checks = [
  ["types, pure parts", [binary("typescript", "bin/tsc"), "-p", "tsconfig.pure.json"]],
  ["types, host", [binary("typescript", "bin/tsc"), "-p", "tsconfig.host.json"]],
  ["types, webviews", [binary("typescript", "bin/tsc"), "-p", "tsconfig.webview.json"]],
  ["types, tests", [binary("typescript", "bin/tsc"), "-p", "tsconfig.test.json"]],
  ["format and lint", [binary("@biomejs/biome", "bin/biome"), "ci", "--error-on-warnings", "."]],
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
  ["unused code and dependencies", [binary("knip", "bin/knip.js")]],
];

/** All run even when one fails, so that all faults show at once. */
export async function staticChecks() {
  const outcome = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, words] of checks) {
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
  return outcome;
}
