import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Imports a TypeScript module of this repository into a plain Node script, bundled with what it imports. */
export async function importTypeScript(file) {
  // Inside the repository, so that packages are found from there.
  await mkdir(path.join(root, ".cache"), { recursive: true });
  const folder = await mkdtemp(path.join(root, ".cache", "script-"));
  try {
    const outfile = path.join(folder, "module.mjs");
    await esbuild.build({
      entryPoints: [path.join(root, file)],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
      target: "node20",
      logLevel: "warning",
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}
