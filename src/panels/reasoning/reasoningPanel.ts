import { l10n, type Uri } from "vscode";
import { hostContract, panelContract } from "../../../webview/reasoning/protocol";
import type { Setup } from "../../../webview/reasoning/setup";
import { panels } from "../../contributions";
import { connect } from "../../rpc/rpc";
import type { EditorLink } from "../inspector/editorLink";
import type { OpenRuns } from "../runs/openRuns";
import type { RunPanel, RunPanelParts } from "../runs/runPanel";
import { hostFunctions } from "./hostFunctions";
import type { ReasoningRun } from "./reasoningRun";
import type { ReasoningServices } from "./reasoningServices";
import { type BeginElsewhere, ReasoningSession } from "./reasoningSession";

export interface PanelParts {
  readonly services: ReasoningServices;
  readonly runs: OpenRuns<ReasoningRun>;
  readonly link: EditorLink;
  /** Opens another panel with that setup and runs it. */
  readonly beginElsewhere: BeginElsewhere;
  /** Shows a saved run in its file's own editor. */
  readonly openFile: (uri: Uri) => Promise<void>;
}

export type ReasoningPanel = RunPanel<ReasoningSession, Setup>;

/** What makes a webview a reasoning panel. */
export function reasoningPanel(parts: PanelParts): RunPanelParts<ReasoningSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "reasoning",
    viewType: panels.reasoning,
    title: (name) => (name === undefined ? l10n.t("Step by step") : l10n.t("Step by step: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const remote = connect(
        hostContract,
        hostFunctions(() => session, { ...parts, start }),
        panelContract,
        channel,
        (error) => services.log.error("reasoning", error),
      );
      const bound = file ? { beginElsewhere } : undefined;
      const session: ReasoningSession = new ReasoningSession({ ...services, runs }, remote, { bound, renamed });
      store.add({ dispose: () => remote.close() });
      return session;
    },
  };
}
