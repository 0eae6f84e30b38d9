// npm run package: builds and packs the VSIX. Everything is bundled, so no node_modules go in.
import { stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { root } from "./workbench/install.mjs";
import { runNode } from "./workbench/processes.mjs";

export const vsixPath = path.join(root, ".cache", "promptscope.vsix");

/** @returns {Promise<string>} the VSIX's path */
export async function packageExtension() {
  await runNode(["esbuild.mjs"], { quiet: true });
  // No repository is named, so links stay as they are; the README's pictures ship with it.
  const unpublished = { allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: root, packagePath: vsixPath, dependencies: false, ...unpublished });
  const { size } = await stat(vsixPath);
  console.log(`${path.relative(root, vsixPath)} ${(size / 1e6).toFixed(1)} MB`);
  return vsixPath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await packageExtension();
