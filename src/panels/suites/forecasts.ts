import { type Disposable, l10n, type Memento } from "vscode";
import type { ForecastView } from "../../../webview/runs/state";
import { forecastSuites, measureSuitesPace } from "../../experiments/suites/forecast";
import type { SuitesReport } from "../../experiments/suites/report";
import type { SuitesSpec } from "../../experiments/suites/spec";
import type { Models } from "../../models/models";
import { formatCount } from "../../tokens/format";
import { Paces } from "../runs/paces";

/** What the next run will cost, as far as it can be known before. */
export class Foresight implements Disposable {
  private readonly paces: Paces;
  private readonly ending = new AbortController();
  /** Null while no suite is chosen. */
  view: ForecastView | null = null;

  constructor(
    memento: Memento,
    private readonly models: Models,
  ) {
    this.paces = new Paces(memento, models);
  }

  /** Looks at what would be run; `earlier` tells how long answers are. */
  look(spec: SuitesSpec | undefined, earlier: SuitesReport | undefined): void {
    this.view = spec ? forecastView(spec, this.paces.of(spec.models), earlier) : null;
  }

  /** A run of one model tells its pace, tokens a second. */
  async learn({ models: [model, ...others] }: SuitesSpec, pace: number | undefined): Promise<void> {
    if (pace !== undefined && model !== undefined && others.length === 0) await this.paces.keep(model, pace);
  }

  /** Tries how fast the built-in model is here, where the run asks it. */
  async tryPace(spec: SuitesSpec): Promise<void> {
    const model = spec.models.find((id) => this.models.get(id)?.kind === "builtIn");
    const { signal } = this.ending;
    if (model !== undefined) await this.paces.try(model, (engine) => measureSuitesPace(engine, spec, signal), signal);
  }

  dispose(): void {
    this.ending.abort();
  }
}

/** Answers of an earlier run that are looked through for their lengths at most. */
const tellingAnswers = 5000;

/** What a run will cost; `earlier` tells how long answers are. */
function forecastView(
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
