// npm run package: builds and packs the VSIX for this platform, or for another one: npm run package -- --target win32-x64
import { cp, mkdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { hostTarget, stageRuntime } from "./runtime.mjs";
import { root } from "./workbench/install.mjs";
import { runNode } from "./workbench/processes.mjs";

export const vsixPath = path.join(root, ".cache", "promptscope.vsix");

/** What may ship; .vscodeignore says what of it does. */
const shipped = ["dist", "media", "l10n", "package.json", "package.nls.json", ".vscodeignore"];
const documents = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"];

/**
 * Packs a copy of the project, so that the runtime's part of node_modules can stand beside the model process without
 * getting into the way of the project's own.
 * @param {string} [target]
 * @returns {Promise<string>} the VSIX's path
 */
export async function packageExtension(target = hostTarget()) {
  await runNode(["esbuild.mjs"], { quiet: true });
  const stage = path.join(root, ".cache", "package");
  await rm(stage, { recursive: true, force: true });
  await mkdir(stage, { recursive: true });
  for (const name of [...shipped, ...documents])
    await cp(path.join(root, name), path.join(stage, name), { recursive: true });
  await stageRuntime(path.join(stage, "dist", "node_modules"), target);
  const packagePath = target === hostTarget() ? vsixPath : vsixPath.replace(".vsix", `-${target}.vsix`);
  // No repository is named, so links stay as they are; the README's pictures ship with it.
  const unpublished = { allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: stage, packagePath, target, dependencies: false, ...unpublished });
  const { size } = await stat(packagePath);
  console.log(`${path.relative(root, packagePath)} ${(size / 1e6).toFixed(1)} MB`);
  return packagePath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.indexOf("--target");
  await packageExtension(asked > 0 ? process.argv[asked + 1] : undefined);
}
