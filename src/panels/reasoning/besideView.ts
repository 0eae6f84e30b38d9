import { l10n } from "vscode";
import type { BesideView } from "../../../webview/reasoning/protocol";
import { armName } from "../../experiments/reasoning/arms";
import { type Change, comparingRuns, type RunComparison, type RunSide } from "../../experiments/reasoning/compareRuns";
import type { ReasoningReport } from "../../experiments/reasoning/report";
import type { Models } from "../../models/models";
import { inSlices } from "../../tokens/slices";
import { baseName } from "../baseName";
import { differenceView, finite, rateView } from "../runs/rates";
import type { ReasoningRun } from "./reasoningRun";

/** This run beside another one. Throws NothingInCommonError. */
export async function besideView(here: ReasoningRun, there: ReasoningRun, models: Models): Promise<BesideView> {
  const { shared, onlyFirst, onlySecond, otherReference, pairs, changes } = await compared(here, there);
  const several = new Set([...here.report.spec.models, ...there.report.spec.models]).size > 1;
  return {
    name: baseName(there.uri),
    created: there.created,
    shared,
    onlyHere: onlyFirst.length,
    onlyThere: onlySecond.length,
    otherReference: otherReference.length,
    changes: changes.map((change) => changeText(change, here.report, models)),
    rows: pairs.map((pair) => ({
      here: pair.first,
      there: pair.second,
      hereName: sideName(pair.first, here.report, models, several),
      thereName: sideName(pair.second, there.report, models, several),
      hereRate: rateView(pair.firstRate),
      thereRate: rateView(pair.secondRate),
      hereTokens: pair.firstTokens,
      thereTokens: pair.secondTokens,
      difference: differenceView(pair.difference),
      counts: pair.counts,
      p: pair.p,
      needed: finite(pair.needed),
    })),
  };
}

/** In slices, which come to their end where nobody ends them. */
async function compared(here: ReasoningRun, there: ReasoningRun): Promise<RunComparison> {
  return (await inSlices(comparingRuns(here.report, there.report), new AbortController().signal))!;
}

/** With its model where there is more than one. */
function sideName({ model, arm }: RunSide, report: ReasoningReport, models: Models, several: boolean): string {
  if (!several) return armName(report.spec.arms, arm);
  return `${armName(report.spec.arms, arm)}, ${modelName(model, report, models)}`;
}

function modelName(id: string, report: ReasoningReport, models: Models): string {
  return models.get(id)?.name ?? report.models.find((model) => model.id === id)?.name ?? id;
}

function changeText(change: Change, report: ReasoningReport, models: Models): string {
  switch (change.kind) {
    case "build":
      return l10n.t("weights or build of {0}", modelName(change.model, report, models));
    case "wording":
      return l10n.t("wording of {0}", armName(report.spec.arms, change.arm));
    case "maxTokens":
      return l10n.t("token limit of {0}", armName(report.spec.arms, change.arm));
    case "model":
      return l10n.t("model");
    case "sampler":
      return l10n.t("sampler");
    case "seed":
      return l10n.t("seed");
    case "samples":
      return l10n.t("answers to each question");
    case "grader":
      return l10n.t("grader");
    case "system":
      return l10n.t("system message");
    case "chat":
      return l10n.t("chat template");
    case "tokenBudget":
      return l10n.t("token budget");
  }
}
