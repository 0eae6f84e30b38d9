/** What the compiled core exports (core/index.ts). Pointers are byte offsets into `memory`. */
export interface CoreExports {
  readonly memory: WebAssembly.Memory;
  initialize(scanner: number, tokens: number, merges: number, tokenBytes: number, properOrder: number): number;
  reserveFile(bytes: number): number;
  buildTables(
    tokens: number,
    merges: number,
    lengths: number,
    whole: number,
    bytes: number,
    pairs: number,
    made: number,
    characters: number,
    unknown: number,
  ): void;
  reserveWindow(units: number): void;
  encodeWindow(length: number, atTextEnd: number, offset: number): number;
  tokensFound(): number;
  textPointer(): number;
  pieceEndsPointer(): number;
  tokenEndsPointer(): number;
  idsPointer(): number;
  startsPointer(): number;
}
