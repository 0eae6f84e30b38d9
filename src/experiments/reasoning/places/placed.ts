import type { Question } from "../question";

/** A question and where it stands. */
export interface PlacedQuestion {
  readonly question: Question;
  /** UTF-16 offsets of its row, or of its words in a text. */
  readonly start: number;
  readonly end: number;
  /** From 0: the line people would name. */
  readonly line: number;
}
