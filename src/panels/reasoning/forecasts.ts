import { l10n } from "vscode";
import type { ForecastView } from "../../../webview/runs/state";
import { GrowingList } from "../../experiments/growingList";
import { type Estimate, forecasting } from "../../experiments/reasoning/forecast";
import type { Answer, ReasoningReport } from "../../experiments/reasoning/report";
import type { ReasoningSpec } from "../../experiments/reasoning/spec";
import { formatCount } from "../../tokens/format";
import { inSlices } from "../../tokens/slices";

/** Answers of an earlier run that tell how long answers are: enough, and quickly looked through. */
const tellingAnswers = 2000;

/** The beginning of a run, for forecasts of others. */
export function beginningOf(report: ReasoningReport): ReasoningReport {
  if (report.answers.length <= tellingAnswers) return report;
  const first: Answer[] = [];
  for (const answer of report.answers) if (first.push(answer) === tellingAnswers) break;
  return { ...report, answers: GrowingList.of(...first) };
}

/**
 * What a run will cost, its judge included: `done` of it is not asked again, `earlier` runs tell how long answers are. In
 * slices: a run of a hundred thousand answers takes a while to look through. Undefined when aborted.
 */
export async function forecastView(
  spec: ReasoningSpec,
  paces: ReadonlyMap<string, number>,
  { done, earlier }: { readonly done?: ReasoningReport; readonly earlier?: readonly ReasoningReport[] },
  signal: AbortSignal,
): Promise<ForecastView | undefined> {
  const work = forecasting(spec, {
    done,
    ...(earlier && { earlier }),
    paces,
  });
  const found = await inSlices(work, signal);
  if (!found) return undefined;
  const { answers, tokens, seconds, arms, judging, endedByBudget } = found;
  const measured = arms.every(({ basis }) => basis.kind === "answers");
  const basis = [
    l10n.t("An estimate: {0} tokens.", between(tokens)),
    ...(seconds ? [l10n.t("{0} seconds at the speed seen before.", between(seconds))] : []),
    measured
      ? l10n.t("It rests on the lengths of earlier answers.")
      : l10n.t("It rests on how long such answers usually are; after the first run it is better."),
    ...(judging ? [l10n.t("{0} tokens more by the judge, a rule of thumb; counted in.", between(judging.tokens))] : []),
    ...(endedByBudget ? [l10n.t("The token budget will end the run before all is answered.")] : []),
  ].join(" ");
  const all = tokens.expected + (judging?.tokens.expected ?? 0);
  return { answers, tokens: Math.round(all), seconds: seconds?.expected ?? null, basis };
}

function between({ low, high }: Estimate): string {
  return l10n.t("{0} to {1}", formatCount(Math.round(low)), formatCount(Math.round(high)));
}
