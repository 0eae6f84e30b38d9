import {
  type Disposable,
  l10n,
  type TextDocument,
  commands as vscodeCommands,
  type WebviewPanel,
  workspace,
} from "vscode";
import { contextKeys, customEditors } from "../../contributions";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { EditorLink } from "../inspector/editorLink";
import { questionAtCursor, selectedQuestion } from "./editorQuestion";
import { openRequest } from "./openRequest";
import { OpenRuns } from "./openRuns";
import { type PanelParts, ReasoningPanel } from "./reasoningPanel";
import type { ReasoningServices } from "./reasoningServices";

/** VS Code hands no larger file to an extension as a document: such runs are shown in a panel, which reads them itself. */
const mostEditorBytes = 45_000_000;

/** The reasoning panels that are open, in panels of their own and in editors of saved runs. */
export class Reasonings implements Disposable {
  private readonly store = new DisposableStore();
  private readonly open = new Set<ReasoningPanel>();
  private last: ReasoningPanel | undefined;
  readonly parts: PanelParts;

  constructor(services: ReasoningServices) {
    this.parts = {
      services,
      runs: this.store.add(new OpenRuns()),
      link: this.store.add(new EditorLink()),
      beginElsewhere: async (setup, origin) => {
        await this.adopt(ReasoningPanel.create(this.parts)).show(async (session) => {
          session.restore(setup, origin);
          await session.begin();
        });
      },
      openFile: async (uri) => {
        const { size } = await workspace.fs.stat(uri);
        if (size < mostEditorBytes) await vscodeCommands.executeCommand("vscode.openWith", uri, customEditors.run);
        else await this.adopt(ReasoningPanel.create(this.parts)).show((session) => session.showRun(uri, true));
      },
    };
  }

  /** Shows a panel with what the command was called with: a question, a model, or what is selected in the editor. */
  async show(given: unknown): Promise<void> {
    const { source, modelId, fromEditor } = openRequest(given);
    const { link } = this.parts;
    const question = source ?? selectedQuestion(link) ?? (fromEditor ? await questionAtCursor(link) : undefined);
    // A run of many questions stays where it is shown.
    const free = [...this.open].find((each) => each.free);
    const panel = free ?? this.adopt(ReasoningPanel.create(this.parts));
    await panel.show(async (session) => {
      if (modelId !== undefined) session.setup.useModel(0, modelId);
      if (question) session.ask(question);
    });
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.adopt(new ReasoningPanel(panel, this.parts));
  }

  /** A saved run, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.adopt(new ReasoningPanel(panel, this.parts, document.uri));
  }

  /** The panel a command of the palette means. Throws UserError where none is open. */
  shown(): ReasoningPanel {
    const found = this.last ?? [...this.open][0];
    if (found) return found;
    throw new UserError(
      l10n.t("No comparison is open. “Promptscope: Compare Step by Step with Answer First” opens one."),
    );
  }

  dispose(): void {
    for (const panel of this.open) panel.dispose();
    this.store.dispose();
  }

  private adopt(panel: ReasoningPanel): ReasoningPanel {
    this.open.add(panel);
    this.parts.services.regions.follow(panel.panel);
    this.last = panel;
    this.tellFront();
    panel.panel.onDidChangeViewState(() => {
      if (panel.panel.active) this.last = panel;
      this.tellFront();
    });
    panel.panel.onDidDispose(() => {
      this.open.delete(panel);
      if (this.last === panel) this.last = [...this.open].at(-1);
      this.tellFront();
    });
    return panel;
  }

  private tellFront(): void {
    const inFront = [...this.open].some(({ panel }) => panel.active);
    void vscodeCommands.executeCommand("setContext", contextKeys.reasoningInFront, inFront);
  }
}
