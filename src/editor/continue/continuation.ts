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

  /** Takes the next token, word or all of what has come; gives the text to write, empty where nothing has come. */
  accept(amount: "token" | "word" | "all"): string {
    const { pieces } = this;
    const count =
      amount === "all" ? pieces.length : amount === "token" ? Math.min(1, pieces.length) : wordLength(pieces);
    this.acceptedPieces += count;
    return pieces
      .slice(0, count)
      .map(({ text }) => text)
      .join("");
  }

  /** Everything that was drawn is accepted, and nothing more comes. */
  get spent(): boolean {
    return this.ending !== undefined && this.pieces.length === 0;
  }
}
