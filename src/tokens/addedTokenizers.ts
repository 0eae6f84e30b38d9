import type { Tokenizer } from "../tokenizers";
import type { AddedTokenizers } from "./tokenizerService";

/** A tokenizer that the user added. */
export interface AddedTokenizer {
  readonly name: string;
  /** For people: "tokenizer.json", "huggingface.co/Qwen/Qwen3-8B". */
  readonly origin: string;
}

/** The user's own tokenizers, kept in the extension's storage. */
export class AddedTokenizerStore implements AddedTokenizers {
  list(): readonly AddedTokenizer[] {
    return [];
  }

  has(_name: string): boolean {
    return false;
  }

  load(name: string): Promise<Tokenizer> {
    return Promise.reject(new Error(`No tokenizer “${name}” was added.`));
  }
}
