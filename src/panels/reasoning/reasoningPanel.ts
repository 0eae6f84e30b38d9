import { l10n } from "vscode";
import { hostContract, panelContract } from "../../../webview/reasoning/protocol";
import type { Setup } from "../../../webview/reasoning/setup";
import { panels } from "../../contributions";
import { connectSession } from "../runs/connectSession";
import type { RunPanelParts } from "../runs/runPanel";
import type { RunPanelServices, SharedParts } from "../runs/runPanels";
import { hostFunctions } from "./hostFunctions";
import type { ReasoningRun } from "./reasoningRun";
import { ReasoningSession } from "./reasoningSession";

export type PanelParts = SharedParts<RunPanelServices, ReasoningRun, Setup>;

/** What makes a webview a reasoning panel. */
export function reasoningPanel(parts: PanelParts): RunPanelParts<ReasoningSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "reasoning",
    viewType: panels.reasoning,
    title: (name) => (name === undefined ? l10n.t("Step by step") : l10n.t("Step by step: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const home = { beginElsewhere: file && beginElsewhere, renamed };
      return connectSession<typeof hostContract, typeof panelContract, ReasoningSession>(
        { host: hostContract, panel: panelContract },
        (session) => hostFunctions(session, { ...parts, start }),
        (remote) => new ReasoningSession({ ...services, runs }, remote, home),
        { channel, store, log: services.log, name: "reasoning" },
      );
    },
  };
}
