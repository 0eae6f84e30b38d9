// Builds everything that ships into dist/: the tokenizer core and vocabularies, the host bundle, workers, webviews.
//   node esbuild.mjs              all, minified, sizes printed
//   node esbuild.mjs --watch      rebuild on change, with source maps
//   node esbuild.mjs --data-only  what runs without the editor: core, vocabularies, model process, command line
//   node esbuild.mjs --tests      the host tests and what they need as well
import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { buildCore } from "./scripts/core.mjs";
import { packHuggingFace } from "./scripts/huggingFace.mjs";
import { packVocabularies } from "./scripts/vocabularies.mjs";

const flags = new Set(process.argv.slice(2));
const watch = flags.has("--watch");

await buildCore("dist/tokenizer.wasm");
await packVocabularies("dist/vocabularies");
await packHuggingFace("dist/vocabularies");

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch ? "linked" : false,
  metafile: true,
  logLevel: "warning",
  target: "es2023",
  loader: { ".css": "text" },
};

/**
 * The extension host and its workers: modules for Node. What is imported by `await import(…)` alone becomes a chunk that is
 * read when it is first needed; classes and constants stay one for all, since no chunk holds a copy of another's.
 */
const host = {
  ...common,
  entryPoints: entries({
    extension: "src/extension.ts",
    packWorker: "src/tokens/packWorker.ts",
    countWorker: "src/views/budget/countWorker.ts",
    vocabularyWorker: "src/panels/inspector/vocabularyWorker.ts",
  }),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  platform: "node",
  format: "esm",
  splitting: true,
  chunkNames: "host/[name]-[hash]",
  external: ["vscode"],
};

/** The process of a local model. Its runtime stays outside: native binaries, and files that it looks for by their place. */
const modelProcess = {
  ...common,
  entryPoints: entries({ modelProcess: "src/inference/llama/process/main.ts" }),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  platform: "node",
  format: "esm",
  splitting: true,
  chunkNames: "modelProcess-[name]",
  external: ["node-llama-cpp"],
};

/** `promptscope` in a terminal. */
const commandLine = {
  ...common,
  entryPoints: entries({ commandLine: "src/commandLine/main.ts" }),
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  platform: "node",
  format: "cjs",
  banner: { js: "#!/usr/bin/env node" },
};

if (flags.has("--data-only")) {
  for (const configuration of [modelProcess, commandLine]) await esbuild.build(configuration);
  process.exit(0);
}

const webviews = {
  ...common,
  // Style sheets are files of their own: the panels' policy lets in no others.
  loader: {},
  entryPoints: entries({
    inspector: "webview/inspector/main.ts",
    modelDetails: "webview/modelDetails/main.ts",
    explorer: "webview/explorer/main.ts",
    reasoning: "webview/reasoning/main.ts",
    hallucination: "webview/hallucination/main.ts",
    arena: "webview/arena/main.ts",
    suites: "webview/suites/main.ts",
    interrogation: "webview/interrogation/main.ts",
    surprisal: "webview/surprisal/main.ts",
  }),
  outdir: "dist/webview",
  platform: "browser",
  format: "esm",
};

const hostTests = {
  ...common,
  minify: false,
  sourcemap: "inline",
  entryPoints: ["test/host/*.ts"],
  outdir: "dist/test/host",
  outExtension: { ".js": ".cjs" },
  platform: "node",
  format: "cjs",
  external: ["vscode", "mocha"],
};

const configurations = [host, commandLine, modelProcess, webviews, ...(flags.has("--tests") ? [hostTests] : [])];

if (watch) {
  for (const configuration of configurations) await (await esbuild.context(configuration)).watch();
  console.log("watching");
} else {
  for (const configuration of configurations) {
    const { metafile } = await esbuild.build(configuration);
    printSizes(metafile);
    if (configuration === host) await tidyChunks(metafile);
  }
  await printDataSizes();
}

/** Leaves out entries whose source does not exist, saying so. */
function entries(points) {
  return Object.fromEntries(
    Object.entries(points).filter(([, file]) => {
      if (!existsSync(file)) console.warn(`left out: ${file} does not exist`);
      return existsSync(file);
    }),
  );
}

/** Removes the chunks of earlier builds, whose names nothing knows any more, and says what is read when VS Code starts. */
async function tidyChunks({ outputs }) {
  const folder = path.join("dist", "host");
  for (const file of await readdir(folder)) {
    if (!(`dist/host/${file.replace(/\.map$/, "")}` in outputs)) await rm(path.join(folder, file));
  }
  const start = startOf(outputs, "dist/extension.mjs");
  const bytes = start.reduce((sum, file) => sum + outputs[file].bytes, 0);
  console.log(`${"read when the extension starts".padEnd(34)} ${kB(bytes).padStart(10)}   ${start.length} files`);
}

/** An output and all that it imports at once. */
function startOf(outputs, file, found = new Set()) {
  found.add(file);
  for (const each of outputs[file].imports) {
    if (each.kind === "import-statement" && !each.external && !found.has(each.path)) startOf(outputs, each.path, found);
  }
  return [...found];
}

/** @param {esbuild.Metafile} metafile */
function printSizes(metafile) {
  for (const [file, output] of Object.entries(metafile.outputs)) {
    if (file.endsWith(".map")) continue;
    const largest = Object.entries(output.inputs)
      .sort((a, b) => b[1].bytesInOutput - a[1].bytesInOutput)
      .slice(0, 3)
      .map(([input, { bytesInOutput }]) => `${input.replace(/^.*node_modules\//, "")} ${kB(bytesInOutput)}`);
    console.log(`${file.padEnd(34)} ${kB(output.bytes).padStart(10)}   ${largest.join(", ")}`);
  }
}

async function printDataSizes() {
  const { size } = await stat("dist/tokenizer.wasm");
  console.log(`${"dist/tokenizer.wasm".padEnd(34)} ${kB(size).padStart(10)}`);
  for (const file of (await readdir("dist/vocabularies")).sort()) {
    const { size: bytes } = await stat(path.join("dist/vocabularies", file));
    console.log(`${`dist/vocabularies/${file}`.padEnd(34)} ${kB(bytes).padStart(10)}`);
  }
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
