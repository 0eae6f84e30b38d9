import { questionMark } from "../arms";
import type { ReasoningSpec } from "../spec";
import type { ReasoningSummary } from "../summary";

/**
 * The arm of a model with the highest accuracy; of equal ones the one that takes fewer tokens. Undefined where nothing was
 * graded. That it is ahead does not say that the difference is shown: the finding does.
 */
export function bestArm({ arms }: ReasoningSummary, model: string): string | undefined {
  const graded = arms.filter((arm) => arm.model === model && arm.questions > 0);
  const [best] = graded.sort(
    (a, b) => b.accuracy.rate - a.accuracy.rate || a.tokens / a.answers - b.tokens / b.answers,
  );
  return best?.arm;
}

/**
 * An arm's wording as a prompt for an editor: the system message, if any, then the template with the question in its place,
 * or with `{question}` where none is given. Throws RangeError for an arm that the spec does not have.
 */
export function armPrompt(
  { arms, system, chat }: Pick<ReasoningSpec, "arms" | "system" | "chat">,
  arm: string,
  question: string = questionMark,
): string {
  const found = arms.find(({ id }) => id === arm);
  if (!found) throw new RangeError(`There is no arm “${arm}”.`);
  const text = (chat ? found.chat : found.document).split(questionMark).join(question);
  return chat && system ? `${system}\n\n${text}` : text;
}
