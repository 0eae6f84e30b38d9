import type { Finding } from "../../src/experiments/reasoning/finding";
import { count, plural } from "../ui/format";
import { interval, percentWords, points, pointsInterval, pWords, roughly } from "./words";

export interface Sentence {
  /** What is found, in bold. */
  readonly key: string;
  readonly rest: string;
}

/** Names of arms and models by their ids. */
export interface Names {
  arm(id: string): string;
}

/** The finding as a sentence with its uncertainty. "Thinking" is said where the arm in question thinks. */
export function findingWords(finding: Finding, names: Names, thinks: (arm: string) => boolean): Sentence {
  switch (finding.kind) {
    case "ungraded":
      return {
        key: "Nothing to grade:",
        rest: " these questions have no reference answer, so answers stand side by side.",
      };
    case "example":
      return {
        key: exampleKey(finding),
        rest: ` ${exampleRest(finding, names)} This is an example, not a measurement.`,
      };
    case "tooFew": {
      const counts = finding.arms.map(
        ({ arm, accuracy }) => `${names.arm(arm).toLowerCase()} ${rightOf(accuracy)} of ${count(accuracy.trials)}`,
      );
      return { key: "Too few to tell:", rest: ` ${listed(counts)} right. Run at least 30 questions for a first look.` };
    }
    default:
      return measured(finding, names, thinks);
  }
}

type Measured = Extract<Finding, { kind: "helps" | "hurts" | "noDifference" }>;

function measured(finding: Measured, names: Names, thinks: (arm: string) => boolean): Sentence {
  const { comparison, first, second, kind } = finding;
  const subject = thinks(second.arm) ? "Thinking" : `“${names.arm(second.arm)}”`;
  const numbers =
    `${percentWords(second.accuracy.rate)} against ${percentWords(first.accuracy.rate)} of ${plural(comparison.difference.pairs, "question")}, ` +
    `${points(comparison.difference.mean)} points ${pointsInterval(comparison.difference)}, exact McNemar ${pWords(comparison.p)}`;
  if (kind === "noDifference") {
    const needed = Number.isFinite(comparison.needed)
      ? ` To tell ${Math.abs(Math.round(comparison.difference.mean * 100))} points apart would take about ${roughly(comparison.needed)} questions.`
      : "";
    return { key: "No difference shown:", rest: ` ${numbers}.${needed}` };
  }
  const cost = second.tokens / second.answers / (first.tokens / first.answers);
  return { key: `${subject} ${kind} here:`, rest: ` ${numbers}; costs ${costWords(cost)} the tokens.` };
}

/** "6.2×" */
function costWords(times: number): string {
  return `${times.toFixed(times < 9.95 ? 1 : 0)}×`;
}

type Example = Extract<Finding, { kind: "example" }>;

function exampleKey({ arms }: Example): string {
  const each = Math.max(0, ...arms.map(({ answers }) => answers));
  return each > 1 ? `One question, ${count(each)} answers each:` : "One question, one answer each:";
}

function exampleRest({ arms }: Example, names: Names): string {
  const parts = arms
    .filter(({ answers }) => answers > 0)
    .map(({ arm, accuracy, answers }) => {
      const name = names.arm(arm).toLowerCase();
      if (answers === 1) return `${name} is ${accuracy.successes > 0 ? "right" : "wrong"}`;
      return `${name} ${rightOf(accuracy)} of ${count(answers)} right`;
    });
  return `${listed(parts)}.`;
}

function rightOf({ successes }: { readonly successes: number }): string {
  return count(successes);
}

/** "a, b and c" */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** What the same questions came to in both arms. */
export function sameQuestions({ comparison }: Measured, names: Names): string {
  const { both, onlyFirst, onlySecond, neither } = comparison.counts;
  const [first, second] = [names.arm(comparison.first.arm), names.arm(comparison.second.arm)].map((name) =>
    name.toLowerCase(),
  );
  return `Same questions in both arms: ${count(onlySecond)} only ${second} got right, ${count(onlyFirst)} only ${first}, ${count(both)} both, ${count(neither)} neither. Cut-off and unparsed answers count as wrong.`;
}

/** What can be said while the run goes on; the finding is stated at its end. */
export function soFar(
  arms: readonly {
    readonly arm: string;
    readonly questions: number;
    readonly accuracy: { readonly rate: number; readonly low: number; readonly high: number };
  }[],
  names: Names,
): Sentence | undefined {
  const seen = arms.filter(({ questions }) => questions > 0);
  if (seen.length === 0) return undefined;
  const parts = seen.map(
    ({ arm, accuracy }) => `${names.arm(arm).toLowerCase()} ${percentWords(accuracy.rate)} ${interval(accuracy)}`,
  );
  return {
    key: `So far, ${plural(Math.max(...seen.map(({ questions }) => questions)), "question")}:`,
    rest: ` ${listed(parts)}. The finding is stated when the run ends.`,
  };
}
