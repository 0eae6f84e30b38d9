// Compiles the tokenizer core (AssemblyScript) to WebAssembly.
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { isUpToDate } from "./upToDate.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const folder = path.join(root, "src/tokenizers/core");

/** Compiles to `outFile`, unless that is newer than every source. */
export async function buildCore(outFile) {
  const target = path.resolve(root, outFile);
  const sources = (await readdir(folder, { recursive: true })).map((file) => path.join(folder, file));
  if (await isUpToDate([target], [...sources, fileURLToPath(import.meta.url)])) return;
  await mkdir(path.dirname(target), { recursive: true });
  const { error, stderr } = await asc.main([
    path.relative(root, path.join(folder, "index.ts")).replaceAll("\\", "/"),
    "--baseDir",
    root,
    "--outFile",
    path.relative(root, target).replaceAll("\\", "/"),
    "--optimizeLevel",
    "3",
    "--noAssert",
    "--runtime",
    "stub",
    "--enable",
    "simd",
    "--enable",
    "bulk-memory",
    "--use",
    "abort=",
  ]);
  if (error) throw new Error(`The tokenizer core does not compile.\n${stderr.toString()}`);
}
