/**
 * Hands over the bytes that tokenizers are made of. The Node one is in `tokenizers/node/`; tests and browsers bring
 * their own. Every promise rejects with an Error that names the missing thing.
 */
export interface TokenizerSource {
  /** The compiled tokenizer core (WebAssembly). */
  core(): Promise<Uint8Array>;
  /** The packed vocabulary of a shipped tokenizer, by its name: "o200k_base". */
  vocabulary(name: string): Promise<Uint8Array>;
}
