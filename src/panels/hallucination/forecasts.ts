import { l10n } from "vscode";
import type { ForecastView } from "../../../webview/reasoning/setup";
import { forecastProbe } from "../../experiments/hallucination/forecast";
import type { HallucinationReport } from "../../experiments/hallucination/report";
import type { HallucinationSpec } from "../../experiments/hallucination/spec";
import { formatCount } from "../../tokens/format";

/** What a probe will cost, as the panel is told it; `earlier` runs tell how long answers are. */
export function forecastView(
  spec: HallucinationSpec,
  pace: number | undefined,
  earlier: readonly HallucinationReport[],
): ForecastView {
  const found = forecastProbe(spec, { earlier, ...(pace !== undefined && { pace }) });
  const { answers, tokens, seconds, judgements, basis } = found;
  const words = [
    l10n.t("An estimate: {0} answers with the controls’.", formatCount(answers)),
    basis > 0
      ? l10n.t("Their length rests on {0} earlier answers of this model.", formatCount(basis))
      : l10n.t("Their length is a rule of thumb; after the first run it is better."),
    ...(judgements > 0
      ? [
          l10n.t(
            "A judge is asked {0} times at most besides, where words alone do not say what means the same.",
            formatCount(judgements),
          ),
        ]
      : []),
  ].join(" ");
  return { answers, tokens, seconds: seconds ?? null, basis: words };
}
