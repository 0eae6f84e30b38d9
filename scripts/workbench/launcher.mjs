#!/usr/bin/env node
// Stands in for a desktop VS Code's executable: takes the arguments that @vscode/test-electron gives one, starts the
// workbench in a browser without a window instead, and ends when the tests in its extension host have written their
// results (PROMPTSCOPE_TEST_RESULTS) or ten minutes are over.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { windowAddress } from "./address.mjs";
import { launchBrowser } from "./chromium.mjs";
import { whenAskedToEnd } from "./processes.mjs";
import { startServer } from "./server.mjs";

whenAskedToEnd(() => process.exit(130));
const limitMs = 600_000;
const say = (line) => process.stderr.write(`${line}\n`);
const { values, positionals } = parseArgs({ strict: false, allowPositionals: true });
const results = process.env.PROMPTSCOPE_TEST_RESULTS;
const folder = positionals.find((word) => path.isAbsolute(word));
const dataFolder = String(values["user-data-dir"] ?? "");
if (!results || !folder || !dataFolder || !values.extensionTestsPath) {
  say("launcher: needs a folder, --user-data-dir=, --extensionTestsPath= and PROMPTSCOPE_TEST_RESULTS");
  process.exit(2);
}

const server = await startServer({ dataFolder, say, environment: { PROMPTSCOPE_TEST_RESULTS: results } });
try {
  const browser = await launchBrowser(say);
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    await page.goto(
      windowAddress(server.address, {
        folder,
        extension: String(values.extensionDevelopmentPath),
        tests: String(values.extensionTestsPath),
      }),
    );
    process.exitCode = await outcome();
  } finally {
    await browser.close();
  }
} finally {
  await server.stop();
}

/** 0 when all tests passed. */
async function outcome() {
  const end = Date.now() + limitMs;
  while (!existsSync(results)) {
    if (Date.now() > end) {
      say(`No results after ${limitMs / 60_000} minutes.`);
      return 3;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return JSON.parse(await readFile(results, "utf8")).failed === 0 ? 0 : 1;
}
