import type { WindowPieces } from "../tokenizer";

/** Gathers pieces and their tokens into arrays that are used again for the next window. */
export class PieceSink {
  private pieceEnds: Uint32Array = new Uint32Array(1 << 10);
  private tokenEnds: Uint32Array = new Uint32Array(1 << 10);
  private ids: Uint32Array = new Uint32Array(1 << 10);
  private starts: Uint32Array = new Uint32Array(1 << 10);
  private pieces = 0;
  private tokens = 0;

  clear(): void {
    this.pieces = 0;
    this.tokens = 0;
  }

  token(id: number, start: number): void {
    if (this.tokens === this.ids.length) {
      this.ids = grown(this.ids);
      this.starts = grown(this.starts);
    }
    this.ids[this.tokens] = id;
    this.starts[this.tokens++] = start;
  }

  /** Ends a piece after the tokens so far, at unit `end` of the window. */
  endPiece(end: number): void {
    if (this.pieces === this.pieceEnds.length) {
      this.pieceEnds = grown(this.pieceEnds);
      this.tokenEnds = grown(this.tokenEnds);
    }
    this.pieceEnds[this.pieces] = end;
    this.tokenEnds[this.pieces++] = this.tokens;
  }

  /** What came in, up to the last piece's end; tokens after it are left out. */
  result(): WindowPieces {
    const { pieces, pieceEnds, tokenEnds, ids, starts } = this;
    return { pieces, tokens: pieces > 0 ? tokenEnds[pieces - 1]! : 0, pieceEnds, tokenEnds, ids, starts };
  }
}

function grown(array: Uint32Array): Uint32Array {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
