import type { Mark } from "../marks/followedRange";
import type { ClaimFinding } from "./claimFinding";

/** A claim of a document that was probed, or is about to be. */
export interface ClaimMark extends Mark {
  /** Unique in a window. */
  readonly id: number;
  /** What the model is asked; undefined before it was written. */
  readonly question: string | undefined;
  /** Undefined until the answers are there. */
  readonly finding: ClaimFinding | undefined;
  /** The mark whose place this took, until it has a finding of its own. */
  readonly previous?: ClaimMark | undefined;
}
