import { l10n } from "vscode";
import type { RunView } from "../../../webview/reasoning/protocol";
import type { ModelView } from "../../../webview/runs/state";
import type { Question } from "../../experiments/reasoning/question";
import { judgeOf, type ReasoningReport } from "../../experiments/reasoning/report";
import type { ReasoningSpec } from "../../experiments/reasoning/spec";
import { formatCount } from "../../tokens/format";
import { aboutQuestions } from "./questionSource";
import type { ReasoningRun } from "./reasoningRun";
import type { SetupState } from "./setupState";

/** The run as the panel shows it. */
export function runView(open: ReasoningRun, { spec: setUp }: SetupState, modelOf: (id: string) => ModelView): RunView {
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
    judge: judgeView(report, modelOf),
    done,
    total,
    tokens,
    ended: ended ?? null,
    asSetUp: isAsSetUp(spec, setUp),
  };
}

function judgeView(report: ReasoningReport, modelOf: (id: string) => ModelView): RunView["judge"] {
  const { grader } = report.spec;
  const quality = judgeOf(report);
  if (grader.kind !== "meaning" || !quality) return null;
  const { right, pairs, usable } = quality;
  return { name: modelOf(grader.judge).name, right, pairs, usable };
}

/** Whether the setup would ask the same again. */
function isAsSetUp(spec: ReasoningSpec, set: ReasoningSpec | undefined): boolean {
  if (!set || !sameQuestions(spec.questions, set.questions)) return false;
  const settings = ({ questions: _, source: __, ...rest }: ReasoningSpec) =>
    JSON.stringify(Object.entries(rest).sort());
  return settings(spec) === settings(set);
}

/** By their number and both ends: telling them apart needs no more. */
function sameQuestions(a: readonly Question[], b: readonly Question[]): boolean {
  return a.length === b.length && a[0]?.text === b[0]?.text && a.at(-1)?.text === b.at(-1)?.text;
}

function settingsText({ samples, sampler, seed, grader, system, chat, tokenBudget }: ReasoningSpec): string {
  const { temperature, topK, topP, minP } = sampler;
  return [
    samples === 1 ? l10n.t("1 answer each") : l10n.t("{0} answers each", formatCount(samples)),
    temperature === 0
      ? l10n.t("greedy")
      : l10n.t("temperature {0}, top-k {1}, top-p {2}, min-p {3}", temperature, topK, topP, minP),
    l10n.t("seed {0}", seed),
    l10n.t("graded by {0}", graderWords(grader)),
    chat ? l10n.t("chat template where there is one") : l10n.t("as documents"),
    ...(system ? [l10n.t("system message: {0}", system)] : []),
    ...(tokenBudget === undefined ? [] : [l10n.t("at most {0} tokens", formatCount(tokenBudget))]),
  ].join("; ");
}

function graderWords(grader: ReasoningSpec["grader"]): string {
  switch (grader.kind) {
    case "number":
      return l10n.t("number");
    case "text":
      return l10n.t("exact text");
    case "choice":
      return l10n.t("letter of a choice");
    case "pattern":
      return l10n.t("the expression {0}", grader.pattern);
    case "meaning":
      return l10n.t("meaning");
  }
}
