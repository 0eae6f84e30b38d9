// Runs vitest and reads its counts.
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { root } from "../workbench/install.mjs";
import { binary, runNode } from "../workbench/processes.mjs";

/**
 * @param {string} name of the results file
 * @param {string[]} words for `vitest run`
 */
export async function vitest(name, words) {
  const results = path.join(root, "test-output", `${name}.json`);
  await mkdir(path.dirname(results), { recursive: true });
  await rm(results, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  try {
    await runNode([binary("vitest", "vitest.mjs"), "run", ...words, ...reporters]);
  } catch (error) {
    console.log(error.message);
    const counts = await read(results);
    // A failure outside of any test (a broken import, say) has no failed test of its own.
    return { ...counts, failed: Math.max(1, counts.failed) };
  }
  return read(results);
}

async function read(results) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(await readFile(results, "utf8"));
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch (error) {
    console.log(`No results of vitest: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
