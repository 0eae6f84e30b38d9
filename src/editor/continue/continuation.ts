import type { SampledToken, StopReason } from "../../inference/engine";
import { type Piece, piecesOf, wordLength } from "./pieces";

/** How a continuation is drawn. */
export interface Draw {
  readonly seed: number;
  /** 0 takes the likeliest token each time. */
  readonly temperature: number;
  readonly maxTokens: number;
}

/** A continuation as it comes and is accepted, without an editor. */
export class Continuation {
  private readonly tokens: SampledToken[] = [];
  private acceptedPieces = 0;
  private ending: StopReason | undefined;

  constructor(readonly draw: Draw) {}

  add(token: SampledToken): void {
    this.tokens.push(token);
  }

  end(reason: StopReason): void {
    this.ending = reason;
  }

  get ended(): StopReason | undefined {
    return this.ending;
  }

  /** Tokens drawn so far. */
  get drawn(): number {
    return this.tokens.length;
  }

  /** What is not accepted yet. */
  get pieces(): readonly Piece[] {
    return piecesOf(this.tokens, this.ending !== undefined).slice(this.acceptedPieces);
  }

  /** The next token, word or all of what has come and is not accepted; empty where nothing has come. */
  next(amount: "token" | "word" | "all"): readonly Piece[] {
    const { pieces } = this;
    return amount === "all" ? pieces : pieces.slice(0, amount === "token" ? 1 : wordLength(pieces));
  }

  /** The next so many pieces are written. */
  accept(count: number): void {
    this.acceptedPieces += count;
  }

  /** Everything that was drawn is accepted, and nothing more comes. */
  get spent(): boolean {
    return this.ending !== undefined && this.pieces.length === 0;
  }
}
