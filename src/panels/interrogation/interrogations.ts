import { type Disposable, l10n, type TextDocument, type Uri, type WebviewPanel } from "vscode";
import { contextKeys } from "../../contributions";
import type { InterrogationReport } from "../../experiments/interrogation/report";
import { DisposableStore } from "../../platform/disposables";
import { EditorLink } from "../inspector/editorLink";
import { readRun } from "../runs/openRun";
import { openRunFile } from "../runs/openRunFile";
import { OpenRuns } from "../runs/openRuns";
import { PanelSet } from "../runs/panelSet";
import { RunPanel } from "../runs/runPanel";
import { type InterrogationPanel, interrogationPanel, type PanelParts } from "./interrogationPanel";
import { interrogationRuns } from "./interrogationRun";
import type { InterrogationServices } from "./interrogationServices";
import { requestedSource } from "./openRequest";
import { fileName } from "./textFiles";

/** The interrogations that are open, in panels of their own and in editors of saved runs. */
export class Interrogations implements Disposable {
  private readonly store = new DisposableStore();
  private readonly open: PanelSet<InterrogationPanel>;
  readonly parts: PanelParts;

  /** `learned` hears when a run that is shown knows more, or another one is shown. */
  constructor(services: InterrogationServices, learned: () => void) {
    this.open = this.store.add(new PanelSet(services.regions, contextKeys.interrogationInFront));
    this.parts = {
      services,
      runs: this.store.add(new OpenRuns((uri) => readRun(interrogationRuns, uri))),
      link: this.store.add(new EditorLink()),
      beginElsewhere: async (setup, origin) => {
        await this.create().show(async (session) => {
          session.restore(setup, origin);
          await session.begin();
        });
      },
      openFile: (uri) => openRunFile(uri, () => this.create().show((session) => session.showRun(uri, true))),
      learned,
    };
  }

  /** Shows a panel with what the command was called with: files, a folder, or what the editor shows. */
  async show(given: unknown, all: unknown): Promise<void> {
    const source = await requestedSource(given, all, this.parts.link);
    // A run stays where it is shown.
    const panel = this.open.all.find((each) => each.free) ?? this.create();
    await panel.show(async (session) => {
      if (source) session.use(source);
    });
  }

  /** The latest report that asked about a file, with the file's name in it. */
  about(file: Uri): { readonly report: InterrogationReport; readonly file: string } | undefined {
    const name = fileName(file);
    const open = this.open.all.map(({ session }) => session.shown?.open).filter((each) => each !== undefined);
    const asked = open.filter(({ report }) => report.spec.snippets.some((snippet) => snippet.file === name));
    const latest = asked.sort((a, b) => (a.created < b.created ? -1 : 1)).at(-1);
    return latest && { report: latest.report, file: name };
  }

  /** Shows the panel of the file's latest run, at a question where one is named; sets the file up where none asked about it. */
  async reveal(file: Uri, question: string | undefined): Promise<void> {
    const found = this.about(file);
    const panel = found && this.open.all.find(({ session }) => session.shown?.open.report === found.report);
    if (!panel) return this.show(file, undefined);
    await panel.show(async (session) => {
      if (question !== undefined) session.shown?.openQuestion(question);
    });
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.adopt(new RunPanel(panel, interrogationPanel(this.parts)));
  }

  /** A saved run, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.adopt(new RunPanel(panel, interrogationPanel(this.parts), document.uri));
  }

  /** The panel a command of the palette means. Throws UserError where none is open. */
  shown(): InterrogationPanel {
    return this.open.shown(l10n.t("No interrogation is open. “Promptscope: Interrogate This File” opens one."));
  }

  dispose(): void {
    this.store.dispose();
  }

  private create(): InterrogationPanel {
    return this.adopt(RunPanel.create(interrogationPanel(this.parts)));
  }

  private adopt(panel: InterrogationPanel): InterrogationPanel {
    panel.panel.onDidDispose(() => this.parts.learned());
    return this.open.adopt(panel);
  }
}
