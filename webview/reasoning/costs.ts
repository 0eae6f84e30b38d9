/** What looking into answers takes, in tokens: rules of thumb, shown with ≈. Pure. */
import type { ArmFigures } from "./figures";

/** A forced answer with its marker. */
const readingTokens = 8;
/** A written step. */
const stepTokens = 12;

/** Reading the right answer's probability at so many places. */
export function readingCost(places: number): number {
  return places * readingTokens;
}

/** Reading it before the first step and after each, in so many answers of an arm. */
export function curvesCost(arm: Pick<ArmFigures, "tokens" | "answers">, answers: number): number {
  return answers * readingCost(1 + meanTokens(arm) / stepTokens);
}

/** Going on from a mistake in the middle of an answer, and from the same place without it, so many times each. */
export function mistakesCost(
  arm: Pick<ArmFigures, "tokens" | "answers">,
  { answers, continuations }: { readonly answers: number; readonly continuations: number },
): number {
  return answers * continuations * meanTokens(arm);
}

function meanTokens({ tokens, answers }: Pick<ArmFigures, "tokens" | "answers">): number {
  return answers > 0 ? tokens / answers : 0;
}
