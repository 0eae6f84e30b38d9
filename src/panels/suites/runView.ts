import { l10n } from "vscode";
import type { ModelView } from "../../../webview/runs/state";
import type { RunView } from "../../../webview/suites/protocol";
import { suiteName, suiteWhy } from "../../experiments/suites/names";
import type { SuitesSpec } from "../../experiments/suites/spec";
import { suites } from "../../experiments/suites/suites";
import { formatCount } from "../../tokens/format";
import { runFacts, samplerWords, samplesWords } from "../runs/runFacts";
import type { Listed } from "../runs/runFolder";
import type { SuitesRun } from "./suitesRun";

/** The run as the panel shows it. */
export function runView(run: SuitesRun, modelOf: (id: string) => ModelView, asSetUp: boolean): RunView {
  const { report, tokens } = run;
  const { spec, ended } = report;
  return {
    ...runFacts(run),
    models: spec.models.map(modelOf),
    suites: spec.suites.map((suite) => ({ id: suite.id, name: suiteName(suite), why: suiteWhy(suite.id) ?? "" })),
    label: aboutSuites(spec),
    samples: spec.samples,
    settings: settingsText(spec),
    ...{ tokens, asSetUp },
    ended: ended ?? null,
  };
}

/** "10 suites, 552 cases, 2 models". */
function aboutSuites({ suites: asked, models }: SuitesSpec): string {
  const cases = formatCount(asked.reduce((sum, { items }) => sum + items.length, 0));
  const what =
    asked.length === 1
      ? l10n.t("{0}, {1} cases", suiteName(asked[0]!), cases)
      : l10n.t("{0} suites, {1} cases", formatCount(asked.length), cases);
  return models.length === 1 ? what : l10n.t("{0}, {1} models", what, formatCount(models.length));
}

/** A short name, for the panel's title and the run's file. */
export function shortName({ suites: asked }: SuitesSpec): string {
  const names = asked.map(suiteName);
  return names.length > 2 ? l10n.t("{0} and {1} more", names[0]!, names.length - 1) : names.join(", ");
}

/** For the list of saved runs. */
export const listedRuns: Listed<SuitesSpec> = { experiment: suites, label: aboutSuites };

function settingsText({ samples, sampler, seed }: SuitesSpec): string {
  return [samplesWords(samples), samplerWords(sampler), l10n.t("seed {0}", seed)].join("; ");
}
