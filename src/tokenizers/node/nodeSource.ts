import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TokenizerSource } from "../source";

/** Reads what the build wrote: `tokenizer.wasm` and `vocabularies/NAME.bin` in `directory` (dist/). */
export function directorySource(directory: string): TokenizerSource {
  return {
    core: () => readFile(join(directory, "tokenizer.wasm")),
    vocabulary: async (name) => {
      try {
        return await readFile(join(directory, "vocabularies", `${name}.bin`));
      } catch (error) {
        throw new Error(`There is no shipped tokenizer "${name}".`, { cause: error });
      }
    },
  };
}
