import { l10n } from "vscode";
import type { Setup } from "../../../webview/suites/setup";
import { contextKeys } from "../../contributions";
import { readRun } from "../runs/openRun";
import type { RunPanelServices } from "../runs/runPanels";
import { RunPanels } from "../runs/runPanels";
import { openRequest } from "./openRequest";
import { suitesPanel } from "./suitesPanel";
import { type SuitesRun, suitesRuns } from "./suitesRun";
import type { SuitesSession } from "./suitesSession";

/** The panels of sharp edges that are open, in panels of their own and in editors of saved runs. */
export class SuitesPanels extends RunPanels<RunPanelServices, SuitesRun, Setup, SuitesSession> {
  constructor(services: RunPanelServices) {
    super(services, contextKeys.suitesInFront, (uri) => readRun(suitesRuns, uri));
  }

  /** Shows a panel with what the command was called with: suites, a model. */
  async show(given: unknown): Promise<void> {
    const { suites, modelId } = openRequest(given);
    // A run stays where it is shown.
    const panel = this.free();
    await panel.show(async ({ setup }) => {
      if (modelId !== undefined) setup.useModel(0, modelId);
      if (suites) setup.change({ suites });
    });
  }

  protected panelParts(): ReturnType<typeof suitesPanel> {
    return suitesPanel(this.parts);
  }

  protected noneOpen(): string {
    return l10n.t("No panel of sharp edges is open. “Promptscope: Find Sharp Edges” opens one.");
  }
}
