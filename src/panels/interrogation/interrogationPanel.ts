import { l10n } from "vscode";
import { hostContract, panelContract } from "../../../webview/interrogation/protocol";
import type { Setup } from "../../../webview/interrogation/setup";
import { panels } from "../../contributions";
import { connectSession } from "../runs/connectSession";
import type { RunPanelParts } from "../runs/runPanel";
import type { SharedParts } from "../runs/runPanels";
import { hostFunctions } from "./hostFunctions";
import type { InterrogationRun } from "./interrogationRun";
import type { InterrogationServices } from "./interrogationServices";
import { InterrogationSession } from "./interrogationSession";

export type PanelParts = SharedParts<InterrogationServices, InterrogationRun, Setup>;

/** What makes a webview the panel of an interrogation. `learned`: a run that is shown knows more, or another is shown. */
export function interrogationPanel(parts: PanelParts, learned: () => void): RunPanelParts<InterrogationSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "interrogation",
    viewType: panels.interrogation,
    title: (name) => (name === undefined ? l10n.t("Interrogation") : l10n.t("Interrogation: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const home = { beginElsewhere: file && beginElsewhere, renamed, learned };
      return connectSession<typeof hostContract, typeof panelContract, InterrogationSession>(
        { host: hostContract, panel: panelContract },
        (session) => hostFunctions(session, { ...parts, start }),
        (remote) => new InterrogationSession({ ...services, runs }, remote, home),
        { channel, store, log: services.log, name: "interrogation" },
      );
    },
  };
}
