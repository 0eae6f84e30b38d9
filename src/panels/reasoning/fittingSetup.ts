import type { Setup } from "../../../webview/reasoning/setup";
import { fittingGrader, reworded } from "../../experiments/reasoning/arms";
import type { Question } from "../../experiments/reasoning/question";

/**
 * A setup with the grader that fits other questions' references, and arms in wordings that fit it: a capital is no number,
 * and nobody calculates it. Questions without references change nothing.
 */
export function fittingSetup(setup: Setup, questions: readonly Question[]): Setup {
  if (questions.every(({ answer }) => answer === undefined)) return setup;
  const grader = fittingGrader(questions);
  if (JSON.stringify(grader) === JSON.stringify(setup.grader)) return setup;
  const number = grader.kind === "number";
  const arms = setup.arms.map(({ arm, on }) => ({
    arm: reworded(arm, grader),
    on: arm.kind === "code" ? number : on,
  }));
  return { ...setup, grader, arms };
}
