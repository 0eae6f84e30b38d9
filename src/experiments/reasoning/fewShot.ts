import { derivedSeed } from "../../inference/random";
import { generateProblems } from "../problems/generate";
import type { Problem, ProblemFamily } from "../problems/problem";
import { type Arm, fill } from "./arms";
import type { Question } from "./question";

/**
 * Worked examples for base models, which learn from a document what is wanted: `count` problems of a family, none of them
 * asked in `questions`. The same for the same seed.
 */
export function exampleProblems(
  family: ProblemFamily,
  {
    count,
    seed,
    questions,
  }: { readonly count: number; readonly seed: number; readonly questions: readonly Question[] },
): Problem[] {
  const asked = new Set(questions.map(({ text }) => text));
  // A seed of its own: the run's seed may be the one that the questions were drawn with.
  const drawn = generateProblems({ family, count: count + asked.size, seed: derivedSeed(seed, 0xf5), heldOut: false });
  return drawn.filter(({ question }) => !asked.has(question)).slice(0, count);
}

/**
 * An arm with worked examples before its document's question, each answered in the arm's own way [few-shot prompting: Brown
 * 2020, arXiv 2005.14165; with the steps written out: Wei 2022, arXiv 2201.11903]. The chat template stays as it is. An arm
 * of one's own and examples without what it needs (a calculation) give no example.
 */
export function withExamples(arm: Arm, examples: readonly Problem[]): Arm {
  const shown = examples.flatMap((problem) => {
    const answered = answerOf(arm, problem);
    return answered === undefined ? [] : [`${fill(arm.document, problem.question)}${answered}\n\n`];
  });
  return { ...arm, document: shown.join("") + arm.document };
}

/** What stands behind the arm's document, for a problem that is solved. */
function answerOf({ kind }: Arm, { steps, answer, expression }: Problem): string | undefined {
  const worked = steps.join(" ");
  switch (kind) {
    case "direct":
    case "filler":
      return ` ${answer}`;
    case "steps":
      return ` ${worked} Answer: ${answer}`;
    case "answerFirst":
      return ` ${answer}. ${worked}`;
    case "code":
      return expression === undefined ? undefined : ` ${expression}`;
    case "own":
      return undefined;
  }
}
