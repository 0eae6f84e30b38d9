import { l10n } from "vscode";
import { hostContract, panelContract } from "../../../webview/hallucination/protocol";
import type { Setup } from "../../../webview/hallucination/setup";
import { panels } from "../../contributions";
import { connectSession } from "../runs/connectSession";
import type { RunPanelParts } from "../runs/runPanel";
import type { RunPanelServices, SharedParts } from "../runs/runPanels";
import { hostFunctions } from "./hostFunctions";
import type { ProbeRun } from "./probeRun";
import { ProbeSession } from "./probeSession";

export type ProbeParts = SharedParts<RunPanelServices, ProbeRun, Setup>;

/** What makes a webview a panel of the probe. */
export function probePanel(parts: ProbeParts): RunPanelParts<ProbeSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "hallucination",
    viewType: panels.probe,
    title: (name) => (name === undefined ? l10n.t("Does it know") : l10n.t("Does it know: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const home = { beginElsewhere: file && beginElsewhere, renamed };
      return connectSession<typeof hostContract, typeof panelContract, ProbeSession>(
        { host: hostContract, panel: panelContract },
        (session) => hostFunctions(session, { ...parts, start }),
        (remote) => new ProbeSession({ ...services, runs }, remote, home),
        { channel, store, log: services.log, name: "probe" },
      );
    },
  };
}
