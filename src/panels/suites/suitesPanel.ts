import { l10n } from "vscode";
import { hostContract, panelContract } from "../../../webview/suites/protocol";
import type { Setup } from "../../../webview/suites/setup";
import { panels } from "../../contributions";
import { connectSession } from "../runs/connectSession";
import type { RunPanelParts } from "../runs/runPanel";
import type { RunPanelServices, SharedParts } from "../runs/runPanels";
import { hostFunctions } from "./hostFunctions";
import type { SuitesRun } from "./suitesRun";
import { SuitesSession } from "./suitesSession";

export type PanelParts = SharedParts<RunPanelServices, SuitesRun, Setup>;

/** What makes a webview a panel of sharp edges. */
export function suitesPanel(parts: PanelParts): RunPanelParts<SuitesSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "suites",
    viewType: panels.suites,
    title: (name) => (name === undefined ? l10n.t("Sharp edges") : l10n.t("Sharp edges: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const home = { beginElsewhere: file && beginElsewhere, renamed };
      return connectSession<typeof hostContract, typeof panelContract, SuitesSession>(
        { host: hostContract, panel: panelContract },
        (session) => hostFunctions(session, { ...parts, start }),
        (remote) => new SuitesSession({ ...services, runs }, remote, home),
        { channel, store, log: services.log, name: "suites" },
      );
    },
  };
}
