import { type Disposable, l10n, type Memento } from "vscode";
import type { ForecastView } from "../../../webview/runs/state";
import { forecastProbe, measureProbePace } from "../../experiments/hallucination/forecast";
import type { HallucinationReport } from "../../experiments/hallucination/report";
import type { HallucinationSpec } from "../../experiments/hallucination/spec";
import type { Models } from "../../models/models";
import { formatCount } from "../../tokens/format";
import { Paces } from "../runs/paces";

/** What the next probe will cost, as far as it can be known before. */
export class Foresight implements Disposable {
  private readonly paces: Paces;
  private readonly ending = new AbortController();
  /** Models that were tried. */
  private readonly tried = new Set<string>();

  constructor(memento: Memento, models: Models) {
    this.paces = new Paces(memento, models);
  }

  /** Null where nothing is asked; an `earlier` run tells how long answers are. */
  of(spec: HallucinationSpec | undefined, earlier: HallucinationReport | undefined): ForecastView | null {
    return spec ? forecastView(spec, this.paces.of([spec.probed]).get(spec.probed), earlier ? [earlier] : []) : null;
  }

  /** A run tells its model's pace, tokens a second, what judges took included. */
  async learn({ probed }: HallucinationSpec, pace: number | undefined): Promise<void> {
    if (pace !== undefined) await this.paces.keep(probed, pace);
  }

  /** Tries once how fast the model is here, where it is the built-in one. */
  async tryPace(spec: HallucinationSpec): Promise<void> {
    const { probed } = spec;
    if (this.tried.has(probed)) return;
    this.tried.add(probed);
    const { signal } = this.ending;
    await this.paces.try(probed, (engine) => measureProbePace(engine, spec, signal), signal);
  }

  dispose(): void {
    this.ending.abort();
  }
}

function forecastView(
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
