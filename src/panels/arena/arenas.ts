import { type Disposable, l10n, type TextDocument, type WebviewPanel } from "vscode";
import type { Prompts } from "../../../webview/arena/setup";
import { contextKeys } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import { EditorLink } from "../inspector/editorLink";
import { questionAtCursor, selectedQuestion } from "../reasoning/editorQuestion";
import { readRun } from "../runs/openRun";
import { openRunFile } from "../runs/openRunFile";
import { OpenRuns } from "../runs/openRuns";
import { PanelSet } from "../runs/panelSet";
import { RunPanel } from "../runs/runPanel";
import { type ArenaPanel, arenaPanel, type PanelParts } from "./arenaPanel";
import { arenaRuns } from "./arenaRun";
import type { ArenaServices } from "./arenaServices";
import { openRequest } from "./openRequest";

/** The arenas that are open, in panels of their own and in editors of saved runs. */
export class Arenas implements Disposable {
  private readonly store = new DisposableStore();
  private readonly open: PanelSet<ArenaPanel>;
  readonly parts: PanelParts;

  constructor(services: ArenaServices) {
    this.open = this.store.add(new PanelSet(services.regions, contextKeys.arenaInFront));
    this.parts = {
      services,
      runs: this.store.add(new OpenRuns((uri) => readRun(arenaRuns, uri))),
      link: this.store.add(new EditorLink()),
      beginElsewhere: async (setup, origin) => {
        await this.create().show(async (session) => {
          session.restore(setup, origin);
          await session.begin();
        });
      },
      openFile: (uri) => openRunFile(uri, () => this.create().show((session) => session.showRun(uri, true))),
    };
  }

  /** Shows a panel with what the command was called with: a prompt, a model, or what is selected in the editor. */
  async show(given: unknown): Promise<void> {
    const { prompt, modelId, fromEditor } = openRequest(given);
    const prompts = await this.promptsFor(prompt, fromEditor);
    await this.freePanel().show(async (session) => {
      const { contestants } = session.setup.setup;
      const there = contestants.some(({ model }) => model === modelId);
      if (modelId !== undefined && !there) session.setup.useModel(contestants[0]!.id, modelId);
      if (prompts) session.ask(prompts);
    });
  }

  /** The three stages of the specimen on what is selected, or on ready prompts where nothing is. */
  async showStages(given: unknown): Promise<void> {
    const prompts = await this.promptsFor(openRequest(given).prompt, false);
    await this.freePanel().show(async (session) => {
      if (prompts) session.ask(prompts);
      await session.compareStages();
    });
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, arenaPanel(this.parts)));
  }

  /** A saved run, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, arenaPanel(this.parts), document.uri));
  }

  /** The panel a command of the palette means. Throws UserError where none is open. */
  shown(): ArenaPanel {
    return this.open.shown(l10n.t("No arena is open. “Promptscope: Compare Answers in the Arena” opens one."));
  }

  dispose(): void {
    this.store.dispose();
  }

  private async promptsFor(given: string | undefined, fromEditor: boolean): Promise<Prompts | undefined> {
    if (given !== undefined) return { kind: "typed", texts: [given], from: null };
    const { link } = this.parts;
    const found = (await selectedQuestion(link)) ?? (fromEditor ? await questionAtCursor(link) : undefined);
    return found && { kind: "typed", texts: [found.text], from: found.from };
  }

  /** Votes stay where they are given. */
  private freePanel(): ArenaPanel {
    return this.open.all.find((each) => each.free) ?? this.create();
  }

  private create(): ArenaPanel {
    return this.open.adopt(RunPanel.create(arenaPanel(this.parts)));
  }
}
