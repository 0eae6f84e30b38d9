import { l10n } from "vscode";
import type { RunView } from "../../../webview/reasoning/protocol";
import type { ModelView } from "../../../webview/runs/state";
import { judgeOf, type ReasoningReport } from "../../experiments/reasoning/report";
import type { ReasoningSpec } from "../../experiments/reasoning/spec";
import { formatCount } from "../../tokens/format";
import { chatWords, runFacts, sameEnds, sameFields, samplerWords, samplesWords } from "../runs/runFacts";
import { aboutQuestions } from "./questionSource";
import type { ReasoningRun } from "./reasoningRun";
import type { SetupState } from "./setupState";

/** The run as the panel shows it. */
export function runView(open: ReasoningRun, { spec: setUp }: SetupState, modelOf: (id: string) => ModelView): RunView {
  const { report, tokens } = open;
  const { spec, ended } = report;
  return {
    ...runFacts(open),
    models: spec.models.map(modelOf),
    arms: spec.arms,
    questions: spec.questions.length,
    label: aboutQuestions(spec.questions.length, spec.source),
    samples: spec.samples,
    greedy: spec.sampler.temperature === 0,
    settings: settingsText(spec),
    judge: judgeView(report, modelOf),
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
  if (!set || !sameEnds(spec.questions, set.questions)) return false;
  const settings = ({ questions: _, source: __, ...rest }: ReasoningSpec) => rest;
  return sameFields(settings(spec), settings(set));
}

function settingsText({ samples, sampler, seed, grader, system, chat, tokenBudget }: ReasoningSpec): string {
  return [
    samplesWords(samples),
    samplerWords(sampler),
    l10n.t("seed {0}", seed),
    l10n.t("graded by {0}", graderWords(grader)),
    chatWords(chat),
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
