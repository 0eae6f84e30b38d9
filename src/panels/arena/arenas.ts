import { l10n } from "vscode";
import type { Prompts, Setup } from "../../../webview/arena/setup";
import { contextKeys } from "../../contributions";
import { questionAtCursor, selectedQuestion } from "../runs/editorQuestion";
import { readRun } from "../runs/openRun";
import type { RunPanelServices } from "../runs/runPanels";
import { RunPanels } from "../runs/runPanels";
import { arenaPanel } from "./arenaPanel";
import { type ArenaRun, arenaRuns } from "./arenaRun";
import type { ArenaSession } from "./arenaSession";
import { openRequest } from "./openRequest";

/** The arenas that are open, in panels of their own and in editors of saved runs. */
export class Arenas extends RunPanels<RunPanelServices, ArenaRun, Setup, ArenaSession> {
  constructor(services: RunPanelServices) {
    super(services, contextKeys.arenaInFront, (uri) => readRun(arenaRuns, uri));
  }

  /** Shows a panel with what the command was called with: a prompt, a model, or what is selected in the editor. */
  async show(given: unknown): Promise<void> {
    const { prompt, modelId, fromEditor } = openRequest(given);
    const prompts = await this.promptsFor(prompt, fromEditor);
    await this.free().show(async (session) => {
      const { contestants } = session.setup.setup;
      const there = contestants.some(({ model }) => model === modelId);
      if (modelId !== undefined && !there) session.setup.useModel(contestants[0]!.id, modelId);
      if (prompts) session.ask(prompts);
    });
  }

  /** The three stages of the specimen on what is selected, or on ready prompts where nothing is. */
  async showStages(given: unknown): Promise<void> {
    const prompts = await this.promptsFor(openRequest(given).prompt, false);
    await this.free().show(async (session) => {
      if (prompts) session.ask(prompts);
      await session.compareStages();
    });
  }

  protected panelParts(): ReturnType<typeof arenaPanel> {
    return arenaPanel(this.parts);
  }

  protected noneOpen(): string {
    return l10n.t("No arena is open. “Promptscope: Compare Answers in the Arena” opens one.");
  }

  private async promptsFor(given: string | undefined, fromEditor: boolean): Promise<Prompts | undefined> {
    if (given !== undefined) return { kind: "typed", texts: [given], from: null };
    const { link } = this.parts;
    const found = (await selectedQuestion(link)) ?? (fromEditor ? await questionAtCursor(link) : undefined);
    return found && { kind: "typed", texts: [found.text], from: found.from };
  }
}
