import { type Disposable, l10n, type TextDocument, type WebviewPanel } from "vscode";
import { contextKeys } from "../../contributions";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { EditorLink } from "../inspector/editorLink";
import { readRun } from "../runs/openRun";
import { openRunFile } from "../runs/openRunFile";
import { OpenRuns } from "../runs/openRuns";
import { PanelSet } from "../runs/panelSet";
import { RunPanel } from "../runs/runPanel";
import { openRequest, selectedSource } from "./openRequest";
import { type ProbePanel, type ProbeParts, probePanel } from "./probePanel";
import { probeRuns } from "./probeRun";
import type { ProbeServices } from "./probeServices";

/** The panels of the probe that are open, in panels of their own and in editors of saved runs. */
export class Probes implements Disposable {
  private readonly store = new DisposableStore();
  private readonly open: PanelSet<ProbePanel>;
  readonly parts: ProbeParts;

  constructor(services: ProbeServices) {
    this.open = this.store.add(new PanelSet(services.regions, contextKeys.probeInFront));
    this.parts = {
      services,
      runs: this.store.add(new OpenRuns((uri) => readRun(probeRuns, uri))),
      link: this.store.add(new EditorLink()),
      beginElsewhere: async (setup) => {
        await this.create().show(async (session) => {
          session.restore(setup);
          await session.begin();
        });
      },
      openFile: (uri) => openRunFile(uri, () => this.create().show((session) => session.showRun(uri, true))),
    };
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

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, probePanel(this.parts)));
  }

  /** A saved run, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.open.adopt(new RunPanel(panel, probePanel(this.parts), document.uri));
  }

  /** The panel a command of the palette means. Throws UserError where none is open. */
  shown(): ProbePanel {
    return this.open.shown(l10n.t("No probe is open. “Promptscope: Does It Know or Make It Up?” opens one."));
  }

  dispose(): void {
    this.store.dispose();
  }

  /** A panel in which something else can be set up: a run of many questions stays where it is shown. */
  private free(): ProbePanel {
    return this.open.all.find((each) => each.free) ?? this.create();
  }

  private create(): ProbePanel {
    return this.open.adopt(RunPanel.create(probePanel(this.parts)));
  }
}
