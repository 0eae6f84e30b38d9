import * as esbuild from "esbuild";
import { expect, it } from "vitest";

/** What the extension host reads when VS Code starts, minified. */
const mostBytes = 300_000;

/** An output and all that it imports at once; what is imported by `await import(…)` is read later. */
function readAtOnce(outputs: esbuild.Metafile["outputs"], file: string, found = new Set<string>()): Set<string> {
  found.add(file);
  for (const each of outputs[file]?.imports ?? [])
    if (each.kind === "import-statement" && !each.external && !found.has(each.path))
      readAtOnce(outputs, each.path, found);
  return found;
}

it("starts with little code: panels, downloads and engines are read when they are first needed", async () => {
  const { metafile } = await esbuild.build({
    entryPoints: ["src/extension.ts"],
    outdir: "unused",
    ...{ bundle: true, minify: true, splitting: true, write: false, metafile: true },
    ...{ platform: "node", format: "esm", target: "es2023", external: ["vscode"] },
    loader: { ".css": "text" },
  } satisfies esbuild.BuildOptions & { metafile: true });
  const start = [...readAtOnce(metafile.outputs, "unused/extension.js")];
  const files = start.flatMap((file) => Object.entries(metafile.outputs[file]?.inputs ?? {}));
  const largest = files
    .sort(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput)
    .slice(0, 12)
    .map(([file, { bytesInOutput }]) => `${bytesInOutput} ${file}`);
  const bytes = start.reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0);
  expect(bytes, `the largest parts:\n${largest.join("\n")}`).toBeLessThan(mostBytes);
});
