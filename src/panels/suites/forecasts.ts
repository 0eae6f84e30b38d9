import { l10n } from "vscode";
import type { ForecastView } from "../../../webview/reasoning/setup";
import { forecastSuites } from "../../experiments/suites/forecast";
import type { SuitesReport } from "../../experiments/suites/report";
import type { SuitesSpec } from "../../experiments/suites/spec";
import { formatCount } from "../../tokens/format";

/** Answers of an earlier run that are looked through for their lengths at most. */
const tellingAnswers = 5000;

/** What a run will cost; `earlier` tells how long answers are. */
export function forecastView(
  spec: SuitesSpec,
  paces: ReadonlyMap<string, number>,
  earlier: SuitesReport | undefined,
): ForecastView {
  const known = earlier && earlier.answers.size <= tellingAnswers ? [earlier] : [];
  const { answers, tokens, most, seconds, restsOn } = forecastSuites(spec, { earlier: known, paces });
  const basis = [
    restsOn > 0
      ? l10n.t("An estimate from the lengths of {0} earlier answers.", formatCount(restsOn))
      : l10n.t("An estimate: half of what the answers may have; after the first run it is better."),
    l10n.t("{0} tokens at most.", formatCount(most)),
    ...(seconds === undefined ? [] : [l10n.t("The time is at the speed seen before.")]),
  ].join(" ");
  return { answers, tokens: Math.round(tokens), seconds: seconds ?? null, basis };
}
