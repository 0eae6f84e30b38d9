import { type Disposable, l10n, type TextDocument, type WebviewPanel } from "vscode";
import { contextKeys } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import { EditorLink } from "../inspector/editorLink";
import { readRun } from "../runs/openRun";
import { openRunFile } from "../runs/openRunFile";
import { OpenRuns } from "../runs/openRuns";
import { PanelSet } from "../runs/panelSet";
import { RunPanel } from "../runs/runPanel";
import { questionAtCursor, selectedQuestion } from "./editorQuestion";
import { openRequest } from "./openRequest";
import { type PanelParts, type ReasoningPanel, reasoningPanel } from "./reasoningPanel";
import { reasoningRuns } from "./reasoningRun";
import type { ReasoningServices } from "./reasoningServices";

/** The reasoning panels that are open, in panels of their own and in editors of saved runs. */
export class Reasonings implements Disposable {
  private readonly store = new DisposableStore();
  private readonly open: PanelSet<ReasoningPanel>;
  readonly parts: PanelParts;

  constructor(services: ReasoningServices) {
    this.open = this.store.add(new PanelSet(services.regions, contextKeys.reasoningInFront));
    this.parts = {
      services,
      runs: this.store.add(new OpenRuns((uri) => readRun(reasoningRuns, uri))),
      link: this.store.add(new EditorLink()),
      beginElsewhere: async (setup, origin) => {
        await this.create().show(async (session) => {
          session.restore(setup, origin);
          await session.asking.begin();
        });
      },
      openFile: (uri) => openRunFile(uri, () => this.create().show((session) => session.showRun(uri, true))),
    };
  }

  /** Shows a panel with what the command was called with: a question, a model, or what is selected in the editor. */
  async show(given: unknown): Promise<void> {
    const { source, modelId, fromEditor } = openRequest(given);
    const { link } = this.parts;
    const question =
      source ?? (await selectedQuestion(link)) ?? (fromEditor ? await questionAtCursor(link) : undefined);
    // A run of many questions stays where it is shown.
    const panel = this.open.all.find((each) => each.free) ?? this.create();
    await panel.show(async (session) => {
      if (modelId !== undefined) session.setup.useModel(0, modelId);
      if (question) session.ask(question);
    });
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, reasoningPanel(this.parts)));
  }

  /** A saved run, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, reasoningPanel(this.parts), document.uri));
  }

  /** The panel a command of the palette means. Throws UserError where none is open. */
  shown(): ReasoningPanel {
    return this.open.shown(
      l10n.t("No comparison is open. “Promptscope: Compare Step by Step with Answer First” opens one."),
    );
  }

  dispose(): void {
    this.store.dispose();
  }

  private create(): ReasoningPanel {
    return this.open.adopt(RunPanel.create(reasoningPanel(this.parts)));
  }
}
