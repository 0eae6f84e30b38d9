import { l10n } from "vscode";
import type { RunView } from "../../../webview/reasoning/protocol";
import type { ModelView, Setup } from "../../../webview/reasoning/setup";
import type { Question } from "../../experiments/reasoning/question";
import type { ReasoningSpec } from "../../experiments/reasoning/spec";
import { formatCount } from "../../tokens/format";
import { aboutQuestions } from "./questionSource";
import type { ReasoningRun } from "./reasoningRun";
import type { SetupState } from "./setupState";
import { setupOf } from "./setups";

/** The run as the panel shows it. */
export function runView(
  open: ReasoningRun,
  { setup, questions }: SetupState,
  modelOf: (id: string) => ModelView,
): RunView {
  const { uri, created, report, done, total, tokens } = open;
  const { spec, ended } = report;
  return {
    file: { name: uri.path.split("/").at(-1)!, uri: uri.toString() },
    created,
    models: spec.models.map(modelOf),
    arms: spec.arms,
    questions: spec.questions.length,
    label: aboutQuestions(spec.questions.length, spec.source),
    samples: spec.samples,
    settings: settingsText(spec),
    done,
    total,
    tokens,
    ended: ended ?? null,
    asSetUp: isAsSetUp(spec, setup) && sameQuestions(spec.questions, questions.list),
  };
}

function isAsSetUp(spec: ReasoningSpec, setup: Setup): boolean {
  const own = setupOf(spec, setup);
  const bare = ({ source: _, arms, ...rest }: Setup) =>
    JSON.stringify([Object.entries(rest).sort(), arms.filter(({ on }) => on)]);
  return bare(own) === bare(setup);
}

/** By their number and both ends: telling them apart needs no more. */
function sameQuestions(a: readonly Question[], b: readonly Question[]): boolean {
  return a.length === b.length && a[0]?.text === b[0]?.text && a.at(-1)?.text === b.at(-1)?.text;
}

function settingsText({ samples, sampler, seed, system, chat, tokenBudget }: ReasoningSpec): string {
  const { temperature, topK, topP, minP } = sampler;
  return [
    samples === 1 ? l10n.t("1 answer each") : l10n.t("{0} answers each", formatCount(samples)),
    temperature === 0
      ? l10n.t("greedy")
      : l10n.t("temperature {0}, top-k {1}, top-p {2}, min-p {3}", temperature, topK, topP, minP),
    l10n.t("seed {0}", seed),
    chat ? l10n.t("chat template where there is one") : l10n.t("as documents"),
    ...(system ? [l10n.t("system message: {0}", system)] : []),
    ...(tokenBudget === undefined ? [] : [l10n.t("at most {0} tokens", formatCount(tokenBudget))]),
  ].join("; ");
}
