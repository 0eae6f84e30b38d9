import { l10n, type Uri } from "vscode";
import { hostContract, panelContract } from "../../../webview/arena/protocol";
import type { Setup } from "../../../webview/arena/setup";
import { panels } from "../../contributions";
import { connect } from "../../rpc/rpc";
import type { EditorLink } from "../inspector/editorLink";
import type { OpenRuns } from "../runs/openRuns";
import type { RunPanel, RunPanelParts } from "../runs/runPanel";
import type { ArenaRun } from "./arenaRun";
import type { ArenaServices } from "./arenaServices";
import { ArenaSession, type BeginElsewhere } from "./arenaSession";
import { hostFunctions } from "./hostFunctions";

export interface PanelParts {
  readonly services: ArenaServices;
  readonly runs: OpenRuns<ArenaRun>;
  readonly link: EditorLink;
  /** Opens another panel with that setup and runs it. */
  readonly beginElsewhere: BeginElsewhere;
  /** Shows a saved run in its file's own editor. */
  readonly openFile: (uri: Uri) => Promise<void>;
}

export type ArenaPanel = RunPanel<ArenaSession, Setup>;

/** What makes a webview an arena. Its title names the prompts, never who is compared. */
export function arenaPanel(parts: PanelParts): RunPanelParts<ArenaSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "arena",
    viewType: panels.arena,
    title: (name) => (name === undefined ? l10n.t("Arena") : l10n.t("Arena: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const remote = connect(
        hostContract,
        hostFunctions(() => session, { ...parts, start }),
        panelContract,
        channel,
        (error) => services.log.error("arena", error),
      );
      const bound = file ? { beginElsewhere } : undefined;
      const session: ArenaSession = new ArenaSession({ ...services, runs }, remote, { bound, renamed });
      store.add({ dispose: () => remote.close() });
      return session;
    },
  };
}
