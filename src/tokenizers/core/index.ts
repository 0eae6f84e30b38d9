/**
 * The tokenizer's hot core, in AssemblyScript: compiled by scripts/core.mjs to dist/tokenizer.wasm. One instance with its
 * own memory for each loaded tokenizer.
 *
 *   memory.ts          where everything lies
 *   unicode.ts         character classes by UTF-16 unit (classes.generated.ts: runs probed from tiktoken's regex engine)
 *   scanners/          pre-tokenizers, one file for each kind, and dispatch.ts
 *   pieceTable.ts      a whole piece to its token
 *   pairTable.ts       two neighbouring tokens to their merge
 *   symbols.ts         a piece to the tokens that merging starts from
 *   merging.ts         byte-pair merging (heapMerging.ts: the way that always works)
 *   pieceCache.ts      pieces merged before
 *   building.ts        fills the tables from a packed vocabulary
 *   encoding.ts        a window of text to pieces and tokens
 *
 * To add a pre-tokenizer: write scanners/NAME.ts with `nextNAME(start, end)`, which returns the end of the piece that
 * begins at `start` and calls `touch()` whenever its answer depends on what lies at or after `end`; name it in
 * `preTokenizerKinds` (../vocabulary.ts) and, under the same number, in scanners/dispatch.ts. `classAt(i, end)` gives the
 * class of the code point at unit i, with its width in `width`; it touches by itself where it runs into the end.
 */
export { buildTables, initialize } from "./building";
export {
  encodeWindow,
  idsPointer,
  pieceEndsPointer,
  reserveFile,
  reserveWindow,
  startsPointer,
  textPointer,
  tokenEndsPointer,
  tokensFound,
} from "./encoding";
