import { readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import Mocha from "mocha";

/** What the runner reads when the tests are over. */
interface HostResults {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lines: readonly string[];
}

/** VS Code calls this inside the extension host; the test files lie beside this one. */
export async function run(): Promise<void> {
  const target = process.env.PROMPTSCOPE_TEST_RESULTS;
  if (!target) throw new Error("PROMPTSCOPE_TEST_RESULTS does not say where the results go");
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000 });
  const files = (await readdir(__dirname)).filter((file) => file.endsWith(".test.cjs")).sort();
  const wanted = process.env.PROMPTSCOPE_TEST_ONLY;
  for (const file of files) if (!wanted || file.includes(wanted)) mocha.addFile(path.join(__dirname, file));
  const results = await runAll(mocha);
  // Written under another name first: who waits for the file must never read half of it.
  await writeFile(`${target}.part`, JSON.stringify(results));
  await rename(`${target}.part`, target);
  if (results.failed > 0) throw new Error(`${results.failed} host tests failed`);
}

function runAll(mocha: Mocha): Promise<HostResults> {
  return new Promise((resolve) => {
    const lines: string[] = [];
    let passed = 0;
    let skipped = 0;
    const runner = mocha.run((failed) => resolve({ passed, failed, skipped, lines }));
    runner.on("pass", (test) => {
      passed++;
      lines.push(`  ✓ ${test.fullTitle()} ${test.duration ?? 0} ms`);
    });
    runner.on("pending", (test) => {
      skipped++;
      lines.push(`  - ${test.fullTitle()}`);
    });
    runner.on("fail", (test, error: Error) => lines.push(`  ✗ ${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
}
