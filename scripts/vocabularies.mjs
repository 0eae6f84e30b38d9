// Packs the tiktoken families (ranks from js-tiktoken) into dist/vocabularies/NAME.bin.
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { importTypeScript } from "./importTypeScript.mjs";
import { isUpToDate } from "./upToDate.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);

/** Special tokens of o200k_harmony, as tiktoken's openai_public.py lists them; js-tiktoken has no such set. */
const HARMONY = {
  "<|startoftext|>": 199998,
  "<|endoftext|>": 199999,
  "<|reserved_200000|>": 200000,
  "<|reserved_200001|>": 200001,
  "<|return|>": 200002,
  "<|constrain|>": 200003,
  "<|reserved_200004|>": 200004,
  "<|channel|>": 200005,
  "<|start|>": 200006,
  "<|end|>": 200007,
  "<|message|>": 200008,
  "<|reserved_200009|>": 200009,
  "<|reserved_200010|>": 200010,
  "<|reserved_200011|>": 200011,
  "<|call|>": 200012,
  "<|endofprompt|>": 200018,
  ...Object.fromEntries(Array.from({ length: 201088 - 200013 }, (_, i) => [`<|reserved_${200013 + i}|>`, 200013 + i])),
};

const TABLES = { o200k_base: "o200k", cl100k_base: "cl100k", p50k_base: "gpt2", r50k_base: "gpt2" };

/** Ranks and special tokens of js-tiktoken: `bpe_ranks` is lines of "! FIRST_RANK BASE64 BASE64 ...". */
export function readRanks(name) {
  const { bpe_ranks, special_tokens } = require(`js-tiktoken/ranks/${name}`);
  const tokens = [];
  for (const line of bpe_ranks.split("\n")) {
    if (line === "") continue;
    const [, first, ...encoded] = line.split(" ");
    encoded.forEach((text, index) => {
      tokens[Number(first) + index] = Uint8Array.from(Buffer.from(text, "base64"));
    });
  }
  return { tokens: Array.from(tokens), specialTokens: new Map(Object.entries(special_tokens)) };
}

/** Writes the packed files into `outDir`, unless they are newer than what they are made from. */
export async function packVocabularies(outDir) {
  const folder = path.resolve(root, outDir);
  const variants = ["o200k_harmony", "p50k_edit"];
  const outputs = [...Object.keys(TABLES), ...variants].map((name) => path.join(folder, `${name}.bin`));
  const code = ["packVocabulary", "packedVocabulary", "derivation", "vocabulary", "varints"];
  const inputs = [
    fileURLToPath(import.meta.url),
    ...code.map((name) => path.join(root, `src/tokenizers/${name}.ts`)),
    ...Object.keys(TABLES).map((name) => require.resolve(`js-tiktoken/ranks/${name}`)),
  ];
  if (await isUpToDate(outputs, inputs)) return;
  await mkdir(folder, { recursive: true });
  const { packVocabulary, packVariant } = await importTypeScript("src/tokenizers/packVocabulary.ts");
  const write = (name, bytes) => writeFile(path.join(folder, `${name}.bin`), bytes);
  for (const [name, preTokenizer] of Object.entries(TABLES)) {
    const ranks = readRanks(name);
    const vocabulary = { name, ...ranks, preTokenizer, merges: "ranks", ignoreMerges: true, symbols: "bytes" };
    await write(name, packVocabulary(vocabulary));
  }
  await write("o200k_harmony", packVariant("o200k_harmony", "o200k_base", "o200k", new Map(Object.entries(HARMONY))));
  const edit = readRanks("p50k_edit");
  await write("p50k_edit", packVariant("p50k_edit", "p50k_base", "gpt2", edit.specialTokens));
}
