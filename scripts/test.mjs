// npm test: every suite, and one closing line for all of them together. `npm test -- unit host` runs some.
import { packageExtension } from "./package.mjs";
import { hostTests } from "./testing/host.mjs";
import { staticChecks } from "./testing/static.mjs";
import { vitest } from "./testing/vitest.mjs";
import { SetupError } from "./workbench/packages.mjs";
import { runNode, whenAskedToEnd } from "./workbench/processes.mjs";

whenAskedToEnd(() => process.exit(130));

const e2e = ["--config", "test/e2e/vitest.config.mts"];
const suites = {
  build: async () => {
    await runNode(["esbuild.mjs", "--tests"]);
    return { passed: 1, failed: 0, skipped: 0 };
  },
  static: staticChecks,
  unit: () => vitest("unit", ["--coverage"]),
  host: hostTests,
  e2e: () => vitest("e2e", [...e2e, "--exclude", "test/e2e/package.test.ts"]),
  package: async () => {
    await packageExtension();
    return vitest("package", [...e2e, "--maxWorkers", "1", "test/e2e/package.test.ts"]);
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`There is no suite “${unknown[0]}”. There are: ${Object.keys(suites).join(", ")}.`);
  process.exit(2);
}

const names = new Set(["build", ...(asked.length > 0 ? asked : Object.keys(suites))]);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const name of names) {
  const start = Date.now();
  console.log(`\n${name}`);
  const outcome = await run(name);
  for (const key of Object.keys(total)) total[key] += outcome[key];
  const skipped = outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : "";
  console.log(
    `${name}: ${outcome.passed} of ${outcome.passed + outcome.failed} passed${skipped}, ${Math.round((Date.now() - start) / 1000)} s`,
  );
  // Nothing else can be told of a tree that does not build.
  if (name === "build" && outcome.failed > 0) break;
}
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function run(name) {
  try {
    return await suites[name]();
  } catch (error) {
    console.log(error instanceof SetupError ? error.message : error.stack);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
