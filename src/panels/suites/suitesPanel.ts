import { l10n, type Uri } from "vscode";
import { hostContract, panelContract } from "../../../webview/suites/protocol";
import type { Setup } from "../../../webview/suites/setup";
import { panels } from "../../contributions";
import { connect } from "../../rpc/rpc";
import type { OpenRuns } from "../runs/openRuns";
import type { RunPanel, RunPanelParts } from "../runs/runPanel";
import { hostFunctions } from "./hostFunctions";
import type { SuitesRun } from "./suitesRun";
import type { SuitesServices } from "./suitesServices";
import { SuitesSession } from "./suitesSession";

export interface PanelParts {
  readonly services: SuitesServices;
  readonly runs: OpenRuns<SuitesRun>;
  /** Opens another panel with that setup and runs it. */
  readonly beginElsewhere: (setup: Setup) => Promise<void>;
  /** Shows a saved run in its file's own editor. */
  readonly openFile: (uri: Uri) => Promise<void>;
}

export type SuitesPanel = RunPanel<SuitesSession, Setup>;

/** What makes a webview a panel of sharp edges. */
export function suitesPanel(parts: PanelParts): RunPanelParts<SuitesSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "suites",
    viewType: panels.suites,
    title: (name) => (name === undefined ? l10n.t("Sharp edges") : l10n.t("Sharp edges: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const remote = connect(
        hostContract,
        hostFunctions(() => session, { ...parts, start }),
        panelContract,
        channel,
        (error) => services.log.error("suites", error),
      );
      const session: SuitesSession = new SuitesSession({ ...services, runs }, remote, {
        beginElsewhere: file ? beginElsewhere : undefined,
        renamed,
      });
      store.add({ dispose: () => remote.close() });
      return session;
    },
  };
}
