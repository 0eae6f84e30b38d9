import { generateSets, type ProblemSet } from "../problems/sets";
import type { Question } from "./question";

/**
 * Generated problems as questions, numbered "set.problem", each with its difficulty; the same for the same sets. Throws
 * RangeError for a difficulty that a family does not have.
 */
export function generatedQuestions(sets: readonly ProblemSet[]): Question[] {
  return generateSets(sets).map(({ id, problem: { question: text, answer, steps, family } }) => ({
    id,
    text,
    answer,
    family,
    steps: steps.length,
  }));
}
