import { drained } from "../drained";
import { generatingSets, type ProblemSet } from "../problems/sets";
import type { Question } from "./question";

/**
 * Generated problems as questions, numbered "set.problem", each with its difficulty; the same for the same sets. Throws
 * RangeError for a difficulty that a family does not have.
 */
export function generatedQuestions(sets: readonly ProblemSet[]): Question[] {
  return drained(generatingQuestions(sets));
}

/** As `generatedQuestions`. Yields now and then, for `inSlices`. */
export function* generatingQuestions(sets: readonly ProblemSet[]): Generator<void, Question[]> {
  const problems = yield* generatingSets(sets);
  return problems.map(({ id, problem: { question: text, answer, steps, family } }) => ({
    id,
    text,
    answer,
    family,
    steps: steps.length,
  }));
}
