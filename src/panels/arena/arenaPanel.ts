import { l10n } from "vscode";
import { hostContract, panelContract } from "../../../webview/arena/protocol";
import type { Setup } from "../../../webview/arena/setup";
import { panels } from "../../contributions";
import { connectSession } from "../runs/connectSession";
import type { RunPanelParts } from "../runs/runPanel";
import type { RunPanelServices, SharedParts } from "../runs/runPanels";
import type { ArenaRun } from "./arenaRun";
import { ArenaSession } from "./arenaSession";
import { hostFunctions } from "./hostFunctions";

export type PanelParts = SharedParts<RunPanelServices, ArenaRun, Setup>;

/** What makes a webview an arena. Its title names the prompts, never who is compared. */
export function arenaPanel(parts: PanelParts): RunPanelParts<ArenaSession, Setup> {
  const { services, runs, beginElsewhere } = parts;
  return {
    extension: services.extension,
    page: "arena",
    viewType: panels.arena,
    title: (name) => (name === undefined ? l10n.t("Arena") : l10n.t("Arena: {0}", name)),
    connect(channel, { file, start, renamed }, store) {
      const home = { beginElsewhere: file && beginElsewhere, renamed };
      return connectSession<typeof hostContract, typeof panelContract, ArenaSession>(
        { host: hostContract, panel: panelContract },
        (session) => hostFunctions(session, { ...parts, start }),
        (remote) => new ArenaSession({ ...services, runs }, remote, home),
        { channel, store, log: services.log, name: "arena" },
      );
    },
  };
}
