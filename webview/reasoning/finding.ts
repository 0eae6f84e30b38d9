import type { Finding } from "../../src/experiments/reasoning/finding";
import { enoughQuestions } from "../../src/experiments/reasoning/finding";
import { findingWords, type Sentence } from "../../src/experiments/reasoning/findingWords";
import type { ArmSummary, Comparison } from "../../src/experiments/reasoning/summary";
import { inSentence, listed, percent, percents } from "../../src/experiments/reasoning/words";
import { count, plural } from "../ui/format";
import type { ArmFigures, ComparisonView, Figures, FindingView } from "./figures";
import type { RunView } from "./protocol";
import { sameSide } from "./sides";

/** The finding of a model as a sentence with its uncertainty. */
export function sentenceOf(view: FindingView, figures: Figures, run: Pick<RunView, "arms" | "samples">): Sentence {
  return findingWords(findingFrom(view, figures), run);
}

/** The finding as the experiment states it: what JSON could not say comes back in place of null. */
function findingFrom({ kind, model, comparison }: FindingView, figures: Figures): Finding {
  const arms = figures.arms.filter((arm) => arm.model === model).map(summaryFrom);
  if (kind === "example") return { kind, arms };
  if (kind === "tooFew") return { kind, arms, questions: Math.max(...arms.map(({ questions }) => questions)) };
  const first = arms.find((arm) => sameSide(arm, comparison?.first));
  const second = arms.find((arm) => sameSide(arm, comparison?.second));
  if (kind === "ungraded" || !comparison || !first || !second) return { kind: "ungraded" };
  return { kind, comparison: comparisonFrom(comparison), first, second };
}

function summaryFrom(arm: ArmFigures): ArmSummary {
  return {
    ...arm,
    accuracy: rateFrom(arm.accuracy),
    rightPerThousandTokens: arm.rightPerThousandTokens ?? Number.NaN,
    bySteps: arm.bySteps.map(({ steps, accuracy }) => ({ steps, accuracy: rateFrom(accuracy) })),
    votes: arm.votes.map(({ answers, accuracy }) => ({ answers, accuracy: rateFrom(accuracy) })),
  };
}

function rateFrom(rate: ArmFigures["accuracy"]): ArmSummary["accuracy"] {
  return { ...rate, rate: rate.rate ?? Number.NaN };
}

function comparisonFrom({ difference, needed, ...rest }: ComparisonView): Comparison {
  const { low, high } = difference;
  const bounds = { low: low ?? Number.NEGATIVE_INFINITY, high: high ?? Number.POSITIVE_INFINITY };
  return { ...rest, difference: { ...difference, ...bounds }, needed: needed ?? Number.POSITIVE_INFINITY };
}

/** The two arms that a finding is about; none where it compares nothing. */
export function comparedArms({ comparison }: FindingView, { arms }: Figures): ArmFigures[] {
  return arms.filter((arm) => sameSide(arm, comparison?.first) || sameSide(arm, comparison?.second));
}

/** "3 of 4" */
export function ofWords({ successes, trials }: { readonly successes: number; readonly trials: number }): string {
  return `${count(successes)} of ${count(trials)}`;
}

/** An arm's name on a plot or above a column. */
export function lower(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** What the same questions came to in both arms. */
export function sameQuestions({ first, second, counts }: ComparisonView, nameOf: (arm: string) => string): string {
  const [one, two] = [first, second].map(({ arm }) => inSentence(nameOf(arm)));
  return (
    `Same questions in both arms: ${count(counts.onlySecond)} only ${two} got right, ${count(counts.onlyFirst)} only ${one}, ` +
    `${count(counts.both)} both, ${count(counts.neither)} neither. Unparsed answers count as wrong, cut-off ones by what they hold.`
  );
}

/** What can be said while the run goes on; undefined before the first graded answer. */
export function soFar(arms: readonly ArmFigures[], nameOf: (arm: string) => string): Sentence | undefined {
  const seen = arms.filter(({ questions, accuracy }) => questions > 0 && accuracy.rate !== null);
  if (seen.length === 0) return undefined;
  const questions = Math.max(...seen.map((arm) => arm.questions));
  const parts = seen.map(({ arm, accuracy }) =>
    questions < enoughQuestions
      ? `${inSentence(nameOf(arm))} ${ofWords(accuracy)}`
      : `${inSentence(nameOf(arm))} ${percent(accuracy.rate!)} ${percents(accuracy)}`,
  );
  return {
    key: `So far, ${plural(questions, "question")}:`,
    rest: `${listed(parts)}. The finding is stated when the run ends.`,
  };
}
