// The tokenizers as a package: pure TypeScript and one small WebAssembly module, for Node, workers and browsers.

export type { DocumentToken, TextEdit, TokenDocument } from "./document";
export { loadTokenizer, tokenizerFromPacked } from "./loadTokenizer";
export { packVocabulary } from "./packVocabulary";
export type { TokenizerSource } from "./source";
export { createTokenDocument } from "./tokenDocument";
export {
  type EncodeOptions,
  type Encoding,
  type SpecialMode,
  type Tokenizer,
  TokenizerError,
  type WindowEncoder,
  type WindowPieces,
} from "./tokenizer";
export { type Merge, type PreTokenizerKind, preTokenizerKinds, type Vocabulary } from "./vocabulary";
