import { l10n } from "vscode";
import type { Setup } from "../../../webview/reasoning/setup";
import { contextKeys } from "../../contributions";
import { questionAtCursor, selectedQuestion } from "../runs/editorQuestion";
import { readRun } from "../runs/openRun";
import type { RunPanelServices } from "../runs/runPanels";
import { RunPanels } from "../runs/runPanels";
import { openRequest } from "./openRequest";
import { reasoningPanel } from "./reasoningPanel";
import { type ReasoningRun, reasoningRuns } from "./reasoningRun";
import type { ReasoningSession } from "./reasoningSession";

/** The reasoning panels that are open, in panels of their own and in editors of saved runs. */
export class Reasonings extends RunPanels<RunPanelServices, ReasoningRun, Setup, ReasoningSession> {
  constructor(services: RunPanelServices) {
    super(services, contextKeys.reasoningInFront, (uri) => readRun(reasoningRuns, uri));
  }

  /** Shows a panel with what the command was called with: a question, a model, or what is selected in the editor. */
  async show(given: unknown): Promise<void> {
    const { source, modelId, fromEditor } = openRequest(given);
    const { link } = this.parts;
    const question =
      source ?? (await selectedQuestion(link)) ?? (fromEditor ? await questionAtCursor(link) : undefined);
    // A run of many questions stays where it is shown.
    const panel = this.free();
    await panel.show(async (session) => {
      if (modelId !== undefined) session.setup.useModel(0, modelId);
      if (question) session.ask(question);
    });
  }

  protected panelParts(): ReturnType<typeof reasoningPanel> {
    return reasoningPanel(this.parts);
  }

  protected noneOpen(): string {
    return l10n.t("No comparison is open. “Promptscope: Compare Step by Step with Answer First” opens one.");
  }
}
