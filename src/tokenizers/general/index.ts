// Loaded when a tokenizer needs it: by `await import`, so that the build keeps it apart.
import { parseTokenizerJson } from "../huggingFace/tokenizerJson";
import type { Tokenizer } from "../tokenizer";
import { GeneralTokenizer } from "./generalTokenizer";

/** A tokenizer of any kind from the bytes of its tokenizer.json. Rejects with TokenizerError when it cannot be used. */
export async function loadGeneral(name: string, bytes: Uint8Array): Promise<Tokenizer> {
  return new GeneralTokenizer(name, parseTokenizerJson(bytes));
}
