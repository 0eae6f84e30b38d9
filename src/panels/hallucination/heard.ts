import type { ProbeProgress } from "../../experiments/hallucination/run";

/** Tokens that came since asking began, those of answers that are not whole yet included. */
export class Heard implements ProbeProgress {
  tokens = 0;
  private recorded = 0;

  token(): void {
    this.tokens++;
  }

  /** An answer with so many tokens is in the record now. */
  whole(tokens: number): void {
    this.recorded += tokens;
  }

  get unfinished(): number {
    return Math.max(0, this.tokens - this.recorded);
  }

  clear(): void {
    this.tokens = 0;
    this.recorded = 0;
  }
}
