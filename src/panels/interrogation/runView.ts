import { l10n } from "vscode";
import type { InterrogationState, RunView } from "../../../webview/interrogation/protocol";
import type { Setup } from "../../../webview/interrogation/setup";
import type { ModelView } from "../../../webview/runs/state";
import type { InterrogationSpec, Snippet } from "../../experiments/interrogation/spec";
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
  const { uri, created, report, tokens } = open;
  const { spec, written, questions, ended } = report;
  return {
    file: { name: uri.path.split("/").at(-1)!, uri: uri.toString() },
    created,
    models: modelsView(spec, (id) => modelOf(id, open)),
    asker: askerOf(spec),
    label: nameOf(spec),
    snippets: spec.snippets.length,
    samples: spec.samples,
    settings: settingsText(spec),
    written: written.size,
    questions: questions.size,
    done: open.done,
    total: open.known,
    tokens,
    ended: ended ?? null,
    asSetUp: isAsSetUp(spec, setup) && sameTexts(spec, texts.snippets),
  };
}

function isAsSetUp(spec: InterrogationSpec, setup: Setup): boolean {
  const bare = ({ source: _, ...rest }: Setup) => JSON.stringify(Object.entries(rest).sort());
  return bare(setupOf(spec, setup)) === bare(setup);
}

/** By their number and both ends: telling them apart needs no more. */
function sameTexts({ snippets }: InterrogationSpec, others: readonly Snippet[]): boolean {
  const ends = (all: readonly Snippet[]) => [all.length, all[0]?.text, all.at(-1)?.text].join("\n");
  return ends(snippets) === ends(others);
}

function settingsText({ samples, sampler, seed, chat, maxTokens, consistent, snippets }: InterrogationSpec): string {
  const { temperature, topK, topP, minP } = sampler;
  return [
    l10n.t("{0} snippets", snippets.length),
    l10n.t("{0} answers each, of at most {1} tokens", samples, maxTokens),
    temperature === 0
      ? l10n.t("greedy")
      : l10n.t("temperature {0}, top-k {1}, top-p {2}, min-p {3}", temperature, topK, topP, minP),
    l10n.t("seed {0}", seed),
    chat ? l10n.t("chat template where there is one") : l10n.t("as documents"),
    l10n.t("consistent from {0} % of the answers on", Math.round(consistent * 100)),
  ].join("; ");
}
