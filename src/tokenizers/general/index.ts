// A bundle of its own (dist/generalTokenizers.js), loaded when a tokenizer needs it.
import { parseTokenizerJson } from "../huggingFace/tokenizerJson";
import type { Tokenizer } from "../tokenizer";
import { GeneralTokenizer } from "./generalTokenizer";

/** A tokenizer of any kind from the bytes of its tokenizer.json. Rejects with TokenizerError when it cannot be used. */
export async function loadGeneral(name: string, bytes: Uint8Array): Promise<Tokenizer> {
  return new GeneralTokenizer(name, parseTokenizerJson(bytes));
}
