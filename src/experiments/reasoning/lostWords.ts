import type { ArmSummary } from "./summary";
import { count, listed, plural } from "./words";

type Counts = Pick<ArmSummary, "arm" | "answers" | "truncated" | "unparsed">;

/** From this share of an arm's answers on, what could not be graded may be the whole of a finding. */
const enoughToMislead = 0.1;

/**
 * What to beware of in a finding about two arms: answers that were cut off count by what they held, those not understood as
 * wrong, and where they are many, a difference may be one of the limit or of the form. Undefined where they are few.
 */
export function lostWords(arms: readonly Counts[], nameOf: (arm: string) => string): string | undefined {
  const named = arms
    .filter((arm) => arm.answers > 0 && arm.truncated + arm.unparsed >= enoughToMislead * arm.answers)
    .map(({ arm, answers, truncated, unparsed }) => {
      const lost = [
        ...(truncated > 0 ? [`${count(truncated)} ${truncated === 1 ? "was" : "were"} cut off`] : []),
        ...(unparsed > 0 ? [`${count(unparsed)} not understood`] : []),
      ];
      return `of ${plural(answers, "answer")} “${nameOf(arm)}” gave, ${listed(lost)}`;
    });
  if (named.length === 0) return undefined;
  return `Beware: ${named.join("; ")}. What was cut off counts by what it held, what was not understood as wrong: the finding may be one of the limit of tokens or the form of the answer.`;
}
