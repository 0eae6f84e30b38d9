import { l10n } from "vscode";
import type { Setup } from "../../../webview/hallucination/setup";
import { contextKeys } from "../../contributions";
import { UserError } from "../../platform/commands";
import { readRun } from "../runs/openRun";
import type { RunPanelServices } from "../runs/runPanels";
import { RunPanels } from "../runs/runPanels";
import { openRequest, selectedSource } from "./openRequest";
import { probePanel } from "./probePanel";
import { type ProbeRun, probeRuns } from "./probeRun";
import type { ProbeSession } from "./probeSession";

/** The panels of the probe that are open, in panels of their own and in editors of saved runs. */
export class Probes extends RunPanels<RunPanelServices, ProbeRun, Setup, ProbeSession> {
  constructor(services: RunPanelServices) {
    super(services, contextKeys.probeInFront, (uri) => readRun(probeRuns, uri));
  }

  /** Shows a panel with what the command was called with: a question, a name, claims, a model, or what is selected. */
  async show(given: unknown): Promise<void> {
    const request = await openRequest(given);
    const source = request.source ?? (request.fromEditor ? await selectedSource(this.parts.link) : undefined);
    await this.free().show(async (session) => {
      if (request.modelId !== undefined) session.setup.useModel(request.modelId);
      if (source) session.ask(source);
      if (request.run) await session.begin();
    });
  }

  /** How far to trust the probe on the built-in model: asks at once, nothing leaves the machine. */
  async calibrateBuiltIn(): Promise<void> {
    const { models } = this.parts.services;
    const builtIn = models.list().find(({ kind, roles }) => kind === "builtIn" && roles.includes("chat"));
    if (!builtIn) throw new UserError(l10n.t("The built-in model is not part of this installation."));
    await this.free().show(async (session) => {
      session.setup.useModel(builtIn.id);
      await session.calibrate();
    });
  }

  protected panelParts(): ReturnType<typeof probePanel> {
    return probePanel(this.parts);
  }

  protected noneOpen(): string {
    return l10n.t("No probe is open. “Promptscope: Does It Know or Make It Up?” opens one.");
  }
}
