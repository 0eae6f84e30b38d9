import type { Paired } from "./cells";
import type { ReasoningReport } from "./report";
import type { ArmSummary, Comparison, ReasoningSummary } from "./summary";

/** What a run shows, decided from its figures; the words are the panel's. */
export type Finding =
  /** One question: an example, not a measurement. */
  | { readonly kind: "example"; readonly arms: readonly ArmSummary[] }
  /** Under 30 questions that both arms answered: counts, no percentages. */
  | { readonly kind: "tooFew"; readonly questions: number; readonly arms: readonly ArmSummary[] }
  /** `comparison.difference` is the second arm's accuracy less the first's. */
  | {
      readonly kind: "helps" | "hurts";
      readonly comparison: Comparison;
      readonly first: ArmSummary;
      readonly second: ArmSummary;
    }
  /** `comparison.needed` questions would tell. */
  | {
      readonly kind: "noDifference";
      readonly comparison: Comparison;
      readonly first: ArmSummary;
      readonly second: ArmSummary;
    }
  /** No question has a reference, or nothing was answered. */
  | { readonly kind: "ungraded" };

/** Fewer questions than this are counted, not put in percent. */
export const enoughQuestions = 30;
const level = 0.05;

/**
 * The finding about thinking: the step-by-step arm against the direct one (or else the second arm against the first). A
 * difference counts as shown only where McNemar's test and the paired interval both leave out zero.
 */
export function findingOf(report: ReasoningReport, { arms, comparisons }: ReasoningSummary, model: string): Finding {
  const own = arms.filter((arm) => arm.model === model);
  const answered = Math.max(0, ...own.map((arm) => arm.questions));
  if (answered === 0) return { kind: "ungraded" };
  if (report.spec.questions.length === 1) return { kind: "example", arms: own };
  const within = comparisons.filter(({ first, second }) => first.model === model && second.model === model);
  const comparison = within.find(({ second }) => kindOf(report, second.arm) === "steps") ?? within[0];
  const first = own.find(({ arm }) => arm === comparison?.first.arm);
  const second = own.find(({ arm }) => arm === comparison?.second.arm);
  // What one arm could not be asked is in no comparison.
  const questions = comparison?.difference.pairs ?? answered;
  if (questions < enoughQuestions) return { kind: "tooFew", questions, arms: own };
  if (!comparison || !first || !second) return { kind: "ungraded" };
  if (!isShown(comparison)) return { kind: "noDifference", comparison, first, second };
  return { kind: comparison.difference.mean > 0 ? "helps" : "hurts", comparison, first, second };
}

/** Whether a difference counts as shown: McNemar's test and the paired interval both leave out zero. */
export function isShown({ difference: { low, high }, p }: Pick<Paired, "difference" | "p">): boolean {
  return p < level && (low > 0 || high < 0);
}

function kindOf({ spec }: ReasoningReport, arm: string): string | undefined {
  return spec.arms.find(({ id }) => id === arm)?.kind;
}
