import { l10n } from "vscode";
import type { VerdictClass } from "../../experiments/hallucination/verdict";
import { verdictTitles } from "../../experiments/hallucination/verdictWords";
import { formatCount } from "../../tokens/format";
import type { ClaimMark } from "./claimMark";
import type { ProbeProgress } from "./claimProbing";

/** The sign behind a claim: colour is never alone. */
export const verdictSigns: Readonly<Record<VerdictClass, string>> = {
  knows: "✓",
  consistentlyWrong: "✗",
  guesses: "?",
  saysItDoesNotKnow: "○",
  cannotTell: "–",
};

/** In the order of summaries. */
const order = ["knows", "guesses", "consistentlyWrong", "saysItDoesNotKnow", "cannotTell"] as const;

/** "Knows 3 · Guesses 4", and how many are stale; undefined where nothing is told yet. */
export function summaryText(marks: readonly ClaimMark[]): string | undefined {
  const told = marks.filter(({ finding }) => finding);
  if (told.length === 0) return undefined;
  const counts = order.map((verdict) => ({
    verdict,
    count: told.filter(({ finding }) => finding!.verdict.verdict === verdict).length,
  }));
  const stale = told.filter(({ stale: changed }) => changed).length;
  return [
    ...counts.filter(({ count }) => count > 0).map(({ verdict, count }) => `${verdictTitles[verdict]} ${count}`),
    ...(stale > 0 ? [l10n.t("changed since {0}", formatCount(stale))] : []),
  ].join(" · ");
}

/** "Asking: 12 of 27 questions" */
export function progressText({ message, done, total }: ProbeProgress): string {
  return total === 0 ? message : l10n.t("{0}: {1} of {2} questions", message, formatCount(done), formatCount(total));
}
