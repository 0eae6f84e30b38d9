import { l10n } from "vscode";
import type { ForecastView } from "../../../webview/interrogation/setup";
import type { InterrogationReport } from "../../experiments/interrogation/report";
import type { InterrogationSpec } from "../../experiments/interrogation/spec";
import { formatCount } from "../../tokens/format";

/** Tokens of a short answer, where none was seen yet. */
const typicalTokens = 20;

/** What a run will cost. `earlier` tells how long answers are, `pace` how many tokens come in a second. */
export function forecastView(
  { samples, maxTokens, writer, judge }: Pick<InterrogationSpec, "samples" | "maxTokens" | "writer" | "judge">,
  questions: number,
  earlier: InterrogationReport | undefined,
  pace: number | undefined,
): ForecastView {
  const seen = earlier && meanTokens(earlier);
  const answers = questions * samples;
  const tokens = Math.round(answers * Math.min(maxTokens, seen?.mean ?? typicalTokens));
  const basis = [
    seen
      ? l10n.t("An estimate from {0} earlier answers.", formatCount(seen.answers))
      : l10n.t("An estimate: {0} tokens an answer, as short answers usually have.", typicalTokens),
    l10n.t("Questions are at most so many: a sentence that says nothing to ask for gives none."),
    ...(writer !== null || judge !== null ? [l10n.t("What writer and judge write is not counted.")] : []),
    ...(pace === undefined ? [l10n.t("How long it takes is known after the first run with this model.")] : []),
  ].join(" ");
  return { questions, answers, tokens, seconds: pace === undefined ? null : tokens / pace, basis };
}

function meanTokens({
  questions,
}: InterrogationReport): { readonly mean: number; readonly answers: number } | undefined {
  let [answers, sum] = [0, 0];
  for (const asked of questions) {
    for (const { tokens } of asked.answers.values()) {
      answers++;
      sum += tokens;
    }
  }
  return answers > 0 ? { mean: sum / answers, answers } : undefined;
}
