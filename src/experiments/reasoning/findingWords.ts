import { armName } from "./arms";
import type { Paired } from "./cells";
import { enoughQuestions, type Finding, isShown } from "./finding";
import type { ReasoningSpec } from "./spec";
import type { ArmSummary } from "./summary";
import { count, inSentence, listed, percent, plural, pointsWords, pWords, roughly } from "./words";

/** A finding as a sentence with its uncertainty. */
export interface Sentence {
  /** What is found, to be set in bold: "Thinking helps here:". */
  readonly key: string;
  readonly rest: string;
}

/** The finding of one model's arms. "Thinking" is said of the step-by-step arm alone. */
export function findingWords(finding: Finding, { arms, samples }: Pick<ReasoningSpec, "arms" | "samples">): Sentence {
  const nameOf = (id: string): string => armName(arms, id);
  switch (finding.kind) {
    case "ungraded":
      return { key: "Nothing to grade:", rest: "these questions have no reference answers." };
    case "example": {
      const each = samples === 1 ? "one answer each" : `${count(samples)} answers each`;
      return {
        key: `One question, ${each}:`,
        rest: `${example(finding.arms.filter(hasAnswers), nameOf)}. This is an example, not a measurement.`,
      };
    }
    case "tooFew": {
      const counts = finding.arms.map(
        ({ arm, accuracy }) =>
          `${inSentence(nameOf(arm))} ${count(accuracy.successes)} of ${count(accuracy.trials)} right`,
      );
      return { key: "Too few to tell:", rest: `${listed(counts)}. Run at least ${enoughQuestions} for a first look.` };
    }
    default: {
      const { comparison, first, second, kind } = finding;
      const numbers = pairedWords(comparison, comparison.shared.first, comparison.shared.second);
      if (kind === "noDifference") return { key: "No difference shown:", rest: `${numbers}.${powerWords(comparison)}` };
      const thinks = arms.find(({ id }) => id === second.arm)?.kind === "steps";
      const times = second.tokens / second.answers / (first.tokens / first.answers);
      return {
        key: `${thinks ? "Thinking" : `“${nameOf(second.arm)}”`} ${kind} here:`,
        rest: `${numbers}; costs ${times.toFixed(times < 9.95 ? 1 : 0)}× the tokens.`,
      };
    }
  }
}

/** Of two runs or arms: more or fewer right in the second, or no difference shown. */
export function differenceWords(pair: Paired, rates: { readonly first: number; readonly second: number }): Sentence {
  const { pairs, mean } = pair.difference;
  if (pairs < enoughQuestions) {
    const { both, onlyFirst, onlySecond } = pair.counts;
    const [one, two] = [count(both + onlyFirst), count(both + onlySecond)];
    return {
      key: "Too few to tell:",
      rest: `${two} against ${one} of ${plural(pairs, "question")} right. Run at least ${enoughQuestions} for a first look.`,
    };
  }
  const numbers = pairedWords(pair, rates.first, rates.second);
  if (!isShown(pair)) return { key: "No difference shown:", rest: `${numbers}.${powerWords(pair)}` };
  return { key: `${mean > 0 ? "More" : "Fewer"} right in the second run:`, rest: `${numbers}.` };
}

/** "92 % against 31 % of 200 questions, +61 points [54, 68], exact McNemar p < 0.001" */
function pairedWords({ difference, p }: Paired, first: number, second: number): string {
  const of = plural(difference.pairs, "question");
  return `${percent(second)} against ${percent(first)} of ${of}, ${pointsWords(difference)}, exact McNemar ${pWords(p)}`;
}

function powerWords({ difference, needed }: Paired): string {
  if (!Number.isFinite(needed)) return "";
  const apart = plural(Math.max(1, Math.abs(Math.round(difference.mean * 100))), "point");
  return ` To tell ${apart} apart would take about ${roughly(needed)} questions.`;
}

function hasAnswers({ answers }: ArmSummary): boolean {
  return answers > 0;
}

/** Which arms are right and which are wrong; counts where there are several answers. */
function example(arms: readonly ArmSummary[], nameOf: (id: string) => string): string {
  if (arms.some(({ answers }) => answers > 1)) {
    const counts = arms.map(
      ({ arm, accuracy, answers }) =>
        `${inSentence(nameOf(arm))} ${count(accuracy.successes)} of ${count(answers)} right`,
    );
    return listed(counts);
  }
  const right = arms.filter(({ accuracy }) => accuracy.successes > 0);
  const wrong = arms.filter(({ accuracy }) => accuracy.successes === 0);
  return [verdictWords(right, "right", arms, nameOf), verdictWords(wrong, "wrong", arms, nameOf)]
    .filter((words) => words !== undefined)
    .join(", ");
}

/** "step by step and use code are right", "all 5 arms are wrong"; undefined for none. */
function verdictWords(
  those: readonly ArmSummary[],
  verdict: "right" | "wrong",
  all: readonly ArmSummary[],
  nameOf: (id: string) => string,
): string | undefined {
  if (those.length === 0) return undefined;
  if (those.length === all.length && all.length > 1) {
    return all.length === 2 ? `both arms are ${verdict}` : `all ${all.length} arms are ${verdict}`;
  }
  return `${listed(those.map(({ arm }) => inSentence(nameOf(arm))))} ${those.length === 1 ? "is" : "are"} ${verdict}`;
}
