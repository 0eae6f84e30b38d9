import { l10n, type Uri } from "vscode";
import { hostContract, panelContract } from "../../../webview/interrogation/protocol";
import type { Setup } from "../../../webview/interrogation/setup";
import { panels } from "../../contributions";
import { connect } from "../../rpc/rpc";
import type { EditorLink } from "../inspector/editorLink";
import type { OpenRuns } from "../runs/openRuns";
import type { RunPanel, RunPanelParts } from "../runs/runPanel";
import { hostFunctions } from "./hostFunctions";
import type { InterrogationRun } from "./interrogationRun";
import type { InterrogationServices } from "./interrogationServices";
import { type BeginElsewhere, InterrogationSession } from "./interrogationSession";

export interface PanelParts {
  readonly services: InterrogationServices;
  readonly runs: OpenRuns<InterrogationRun>;
  readonly link: EditorLink;
  /** Opens another panel with that setup and runs it. */
  readonly beginElsewhere: BeginElsewhere;
  /** Shows a saved run in its file's own editor. */
  readonly openFile: (uri: Uri) => Promise<void>;
  /** A run that is shown knows more, or another one is shown. */
  readonly learned: () => void;
}

export type InterrogationPanel = RunPanel<InterrogationSession, Setup>;

/** What makes a webview the panel of an interrogation. */
export function interrogationPanel(parts: PanelParts): RunPanelParts<InterrogationSession, Setup> {
  const { services, runs, beginElsewhere, learned } = parts;
  return {
    extension: services.extension,
    page: "interrogation",
    viewType: panels.interrogation,
    title: (name) => (name === undefined ? l10n.t("Interrogation") : l10n.t("Interrogation: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const remote = connect(
        hostContract,
        hostFunctions(() => session, { ...parts, start }),
        panelContract,
        channel,
        (error) => services.log.error("interrogation", error),
      );
      const bound = file ? { beginElsewhere } : undefined;
      const home = { bound, renamed, learned };
      const session: InterrogationSession = new InterrogationSession({ ...services, runs }, remote, home);
      store.add({ dispose: () => remote.close() });
      return session;
    },
  };
}
