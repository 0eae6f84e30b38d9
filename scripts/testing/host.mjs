// Mocha inside a real extension host, through @vscode/test-electron: a desktop VS Code where one can be had, the
// workbench in a browser otherwise. PROMPTSCOPE_TEST_VSCODE=desktop or =workbench decides it by hand.
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { hasDisplay } from "../workbench/desktop.mjs";
import { root } from "../workbench/install.mjs";
import { sampleFolder } from "../workbench/sampleFolder.mjs";

/** The oldest version that package.json promises. */
const desktopVersion = "1.104.0";

export async function hostTests() {
  const results = path.join(root, "test-output", "host.json");
  await mkdir(path.dirname(results), { recursive: true });
  await rm(results, { force: true });
  const data = path.join(root, ".cache", "host-data");
  await rm(data, { recursive: true, force: true });
  try {
    await runTests({
      vscodeExecutablePath: await executable(),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "dist", "test", "host", "index.cjs"),
      extensionTestsEnv: { PROMPTSCOPE_TEST_RESULTS: results },
      launchArgs: [await sampleFolder("host"), `--user-data-dir=${data}`],
    });
  } catch (error) {
    // Failed tests end here as well; the results file tells them apart from a host that never ran.
    console.log(error.message);
  }
  return read(results);
}

async function read(results) {
  try {
    const { passed, failed, skipped, lines } = JSON.parse(await readFile(results, "utf8"));
    console.log(lines.join("\n"));
    return { passed, failed, skipped };
  } catch (error) {
    console.log(`The extension host gave no results: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function executable() {
  const forced = process.env.PROMPTSCOPE_TEST_VSCODE;
  const launcher = path.join(root, "scripts", "workbench", "launcher.mjs");
  if (forced === "workbench") return launcher;
  if (forced !== "desktop" && !(hasDisplay() && (await canDownload()))) return launcher;
  return downloadAndUnzipVSCode({ version: desktopVersion, cachePath: path.join(root, ".cache", "vscode") });
}

async function canDownload() {
  try {
    const answer = await fetch("https://update.code.visualstudio.com/api/releases/stable", {
      signal: AbortSignal.timeout(5000),
    });
    return answer.ok;
  } catch {
    // No network, or one that does not reach it: then the workbench is used.
    return false;
  }
}
