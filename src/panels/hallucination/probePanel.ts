import { l10n, type Uri } from "vscode";
import { hostContract, panelContract } from "../../../webview/hallucination/protocol";
import type { Setup } from "../../../webview/hallucination/setup";
import { panels } from "../../contributions";
import { connect } from "../../rpc/rpc";
import type { EditorLink } from "../inspector/editorLink";
import type { OpenRuns } from "../runs/openRuns";
import type { RunPanel, RunPanelParts } from "../runs/runPanel";
import { hostFunctions } from "./hostFunctions";
import type { ProbeRun } from "./probeRun";
import type { ProbeServices } from "./probeServices";
import { ProbeSession } from "./probeSession";

export interface ProbeParts {
  readonly services: ProbeServices;
  readonly runs: OpenRuns<ProbeRun>;
  readonly link: EditorLink;
  /** Opens another panel with that setup and runs it. */
  readonly beginElsewhere: (setup: Setup) => Promise<void>;
  /** Shows a saved run in its file's own editor. */
  readonly openFile: (uri: Uri) => Promise<void>;
}

export type ProbePanel = RunPanel<ProbeSession, Setup>;

/** What makes a webview a panel of the probe. */
export function probePanel(parts: ProbeParts): RunPanelParts<ProbeSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "hallucination",
    viewType: panels.probe,
    title: (name) => (name === undefined ? l10n.t("Does it know") : l10n.t("Does it know: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const remote = connect(
        hostContract,
        hostFunctions(() => session, { ...parts, start }),
        panelContract,
        channel,
        (error) => services.log.error("probe", error),
      );
      const home = { beginElsewhere: file ? beginElsewhere : undefined, renamed };
      const session: ProbeSession = new ProbeSession({ ...services, runs }, remote, home);
      store.add({ dispose: () => remote.close() });
      return session;
    },
  };
}
