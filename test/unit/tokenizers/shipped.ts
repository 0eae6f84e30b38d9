import { readFile } from "node:fs/promises";
import path from "node:path";
import { loadTokenizer, type Tokenizer } from "../../../src/tokenizers";

const dist = path.resolve(import.meta.dirname, "../../../dist");

/** The compiled core, as it ships. */
export function coreBytes(): Promise<Uint8Array> {
  return readFile(path.join(dist, "tokenizer.wasm"));
}

const loaded = new Map<string, Promise<Tokenizer>>();

/** A shipped tokenizer, loaded once for a test file. */
export function shipped(name: string): Promise<Tokenizer> {
  const tokenizer =
    loaded.get(name) ??
    loadTokenizer(name, {
      core: coreBytes,
      vocabulary: (file) => readFile(path.join(dist, "vocabularies", `${file}.bin`)),
    });
  loaded.set(name, tokenizer);
  return tokenizer;
}
