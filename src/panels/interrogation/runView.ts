import { l10n } from "vscode";
import type { InterrogationState, RunView } from "../../../webview/interrogation/protocol";
import type { Setup } from "../../../webview/interrogation/setup";
import type { ModelView } from "../../../webview/runs/state";
import type { InterrogationSpec } from "../../experiments/interrogation/spec";
import { chatWords, runFacts, sameEnds, sameFields, samplerWords } from "../runs/runFacts";
import type { InterrogationRun } from "./interrogationRun";
import type { SetupState } from "./setupState";
import { askerOf, setupOf } from "./setups";
import { nameOf } from "./texts";

type ModelOf = (id: string, run?: InterrogationRun) => ModelView;

/** The models of a setup or of a run. */
export function modelsView(
  { probed, writer, judge }: Pick<InterrogationSpec, "probed" | "writer" | "judge">,
  modelOf: (id: string) => ModelView,
): InterrogationState["models"] {
  const maybe = (id: string | null) => (id === null ? null : modelOf(id));
  return { probed: modelOf(probed), writer: maybe(writer), judge: maybe(judge) };
}

/** The run as the panel shows it. */
export function runView(open: InterrogationRun, { setup, texts }: SetupState, modelOf: ModelOf): RunView {
  const { uri, created, report, done, known: total, tokens } = open;
  const { spec, written, questions, ended } = report;
  return {
    ...runFacts({ uri, created, done, total }),
    models: modelsView(spec, (id) => modelOf(id, open)),
    asker: askerOf(spec),
    label: nameOf(spec),
    snippets: spec.snippets.length,
    samples: spec.samples,
    settings: settingsText(spec),
    written: written.size,
    questions: questions.size,
    tokens,
    ended: ended ?? null,
    asSetUp: isAsSetUp(spec, setup) && sameEnds(spec.snippets, texts.snippets),
  };
}

function isAsSetUp(spec: InterrogationSpec, setup: Setup): boolean {
  const bare = ({ source: _, ...rest }: Setup) => rest;
  return sameFields(bare(setupOf(spec, setup)), bare(setup));
}

function settingsText({ samples, sampler, seed, chat, maxTokens, consistent, snippets }: InterrogationSpec): string {
  return [
    l10n.t("{0} snippets", snippets.length),
    l10n.t("{0} answers each, of at most {1} tokens", samples, maxTokens),
    samplerWords(sampler),
    l10n.t("seed {0}", seed),
    chatWords(chat),
    l10n.t("consistent from {0} % of the answers on", Math.round(consistent * 100)),
  ].join("; ");
}
