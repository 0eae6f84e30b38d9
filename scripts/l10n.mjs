// npm run l10n: collects the texts that vscode.l10n.t translates into l10n/bundle.l10n.json, for translators.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { getL10nJson } from "@vscode/l10n-dev";
import { root } from "./workbench/install.mjs";

export const bundlePath = path.join(root, "l10n", "bundle.l10n.json");

/** @returns {Promise<string>} the bundle as it should be */
export async function currentBundle() {
  const files = await sources(path.join(root, "src"));
  const contents = await Promise.all(
    files.map(async (file) => ({ extension: ".ts", contents: await readFile(file, "utf8") })),
  );
  const bundle = await getL10nJson(contents);
  const sorted = Object.fromEntries(Object.entries(bundle).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify(sorted, null, 2)}\n`;
}

async function sources(folder) {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !name.includes(`core${path.sep}`))
    .map((name) => path.join(folder, name))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(path.dirname(bundlePath), { recursive: true });
  await writeFile(bundlePath, await currentBundle());
}
