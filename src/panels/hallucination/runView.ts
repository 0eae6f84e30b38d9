import { l10n } from "vscode";
import type { RunView } from "../../../webview/hallucination/protocol";
import type { ModelView } from "../../../webview/runs/state";
import { type HallucinationSpec, isCalibration } from "../../experiments/hallucination/spec";
import { formatCount } from "../../tokens/format";
import { chatWords, runFacts, sameFields } from "../runs/runFacts";
import type { ProbeRun } from "./probeRun";
import { labelOf } from "./runLabel";
import type { SetupState } from "./setupState";
import { setupOf } from "./setups";

/** The run as the panel shows it. */
export function runView(open: ProbeRun, { setup, asked }: SetupState, modelOf: (id: string) => ModelView): RunView {
  const { report, tokens } = open;
  const { spec, ended } = report;
  const count = (group: HallucinationSpec["items"][number]["group"]): number =>
    spec.items.filter((item) => item.group === group).length;
  return {
    kind: isCalibration(spec) ? "calibration" : "probe",
    ...runFacts(open),
    probed: modelOf(spec.probed),
    judge: spec.judge === null ? null : modelOf(spec.judge),
    writer: spec.writer === null ? null : modelOf(spec.writer),
    label: labelOf(spec),
    ...{ questions: count("asked"), known: count("known"), invented: count("invented") },
    samples: spec.samples,
    controlSeed: spec.controlSeed ?? null,
    settings: settingsText(spec),
    tokens,
    ended: ended ?? null,
    asSetUp: asked.spec ? sameRun(asked.spec, spec) : JSON.stringify(setupOf(spec, setup)) === JSON.stringify(setup),
  };
}

/** Whether running the setup would ask the same again. */
function sameRun({ source: _, ...a }: HallucinationSpec, { source: __, ...b }: HallucinationSpec): boolean {
  return sameFields(a, b);
}

function settingsText({ samples, sampler, seed, system, chat, maxTokens }: HallucinationSpec): string {
  return [
    l10n.t("{0} answers at temperature {1}, and a greedy one", formatCount(samples), sampler.temperature),
    l10n.t("seed {0}", seed),
    l10n.t("at most {0} tokens an answer", formatCount(maxTokens)),
    chatWords(chat),
    ...(system ? [l10n.t("system message: {0}", system)] : []),
  ].join("; ");
}
