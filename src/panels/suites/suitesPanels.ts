import { type Disposable, l10n, type TextDocument, type WebviewPanel } from "vscode";
import { contextKeys } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import { readRun } from "../runs/openRun";
import { openRunFile } from "../runs/openRunFile";
import { OpenRuns } from "../runs/openRuns";
import { PanelSet } from "../runs/panelSet";
import { RunPanel } from "../runs/runPanel";
import { openRequest } from "./openRequest";
import { type PanelParts, type SuitesPanel, suitesPanel } from "./suitesPanel";
import { suitesRuns } from "./suitesRun";
import type { SuitesServices } from "./suitesServices";

/** The panels of sharp edges that are open, in panels of their own and in editors of saved runs. */
export class SuitesPanels implements Disposable {
  private readonly store = new DisposableStore();
  private readonly open: PanelSet<SuitesPanel>;
  readonly parts: PanelParts;

  constructor(services: SuitesServices) {
    this.open = this.store.add(new PanelSet(services.regions, contextKeys.suitesInFront));
    this.parts = {
      services,
      runs: this.store.add(new OpenRuns((uri) => readRun(suitesRuns, uri))),
      beginElsewhere: async (setup) => {
        await this.create().show(async (session) => {
          session.restore(setup);
          await session.begin();
        });
      },
      openFile: (uri) => openRunFile(uri, () => this.create().show((session) => session.showRun(uri, true))),
    };
  }

  /** Shows a panel with what the command was called with: suites, a model. */
  async show(given: unknown): Promise<void> {
    const { suites, modelId } = openRequest(given);
    // A run stays where it is shown.
    const panel = this.open.all.find((each) => each.free) ?? this.create();
    await panel.show(async ({ setup }) => {
      if (modelId !== undefined) setup.useModel(0, modelId);
      if (suites) setup.change({ suites });
    });
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, suitesPanel(this.parts)));
  }

  /** A saved run, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, suitesPanel(this.parts), document.uri));
  }

  /** The panel a command of the palette means. Throws UserError where none is open. */
  shown(): SuitesPanel {
    return this.open.shown(l10n.t("No panel of sharp edges is open. “Promptscope: Find Sharp Edges” opens one."));
  }

  dispose(): void {
    this.store.dispose();
  }

  private create(): SuitesPanel {
    return this.open.adopt(RunPanel.create(suitesPanel(this.parts)));
  }
}
