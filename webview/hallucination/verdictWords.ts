/** Names and summaries of verdicts. Pure; the sentences on a single question come from the host. */
import { enoughQuestions } from "../../src/experiments/reasoning/finding";
import { listed, percent, percents } from "../../src/experiments/reasoning/words";
import { wilson } from "../../src/experiments/statistics/rate";
import { count, plural } from "../ui/format";
import type { Figures } from "./figures";
import type { VerdictClass } from "./items";

export const verdictNames: Readonly<Record<VerdictClass, string>> = {
  knows: "Knows",
  consistentlyWrong: "Consistently wrong",
  guesses: "Guesses",
  saysItDoesNotKnow: "Says it doesn’t know",
  cannotTell: "Cannot tell here",
};

/** In the order of the list's filters and of the summary. */
export const verdictOrder: readonly VerdictClass[] = [
  "knows",
  "guesses",
  "consistentlyWrong",
  "saysItDoesNotKnow",
  "cannotTell",
];

export const confidenceNames = {
  wellSupported: "Well supported",
  leaning: "Leaning",
  weak: "Weak",
} as const;

export interface Summary {
  readonly key: string;
  readonly rest: string;
}

const clauses: Readonly<Record<VerdictClass, string>> = {
  knows: "knows",
  guesses: "guesses",
  consistentlyWrong: "is consistently wrong on",
  saysItDoesNotKnow: "says it doesn’t know of",
  cannotTell: "leaves open",
};

/**
 * What many questions came to: the commonest verdict first, with a Wilson interval from thirty questions on. Undefined before
 * the first verdict.
 */
export function summaryOf({ verdicts, open, canTell, why }: Figures): Summary | undefined {
  const all = verdictOrder.reduce((sum, verdict) => sum + verdicts[verdict], 0);
  if (all === 0) return undefined;
  if (!canTell && verdicts.cannotTell === all) return { key: "Cannot tell here.", rest: why ?? "" };
  const seen = verdictOrder.filter((verdict) => verdicts[verdict] > 0);
  const [first, ...others] = seen.toSorted((a, b) => verdicts[b] - verdicts[a]) as [VerdictClass, ...VerdictClass[]];
  const rate = wilson(verdicts[first], all);
  const share = all >= enoughQuestions ? `, ${percent(rate.rate)} ${percents(rate)}` : "";
  const further = others.map((verdict) => `${clauses[verdict]} ${count(verdicts[verdict])}`);
  const rest = [
    ...(further.length > 0 ? [`It ${listed(further)}.`] : []),
    ...(open > 0 ? [`${plural(open, "question is", "questions are")} still open.`] : []),
    ...(all < enoughQuestions ? ["Counts, no percentages: fewer than 30 questions."] : []),
  ].join(" ");
  return { key: `${sentence(clauses[first])} ${count(verdicts[first])} of ${count(all)}${share}.`, rest };
}

function sentence(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
