import type { Disposable, Memento, TextDocument, Uri, WebviewPanel } from "vscode";
import type { contextKeys } from "../../contributions";
import type { Models } from "../../models/models";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { EditorLink } from "../editorLink";
import type { RegionKeys } from "../regionKeys";
import { openRunFile } from "./openRunFile";
import { OpenRuns } from "./openRuns";
import { PanelSet } from "./panelSet";
import type { RunEditors } from "./runEditors";
import { RunPanel, type RunPanelParts, type RunPanelSession } from "./runPanel";
import type { BeginElsewhere, SessionRun } from "./runSession";

/** The long-lived objects every panel of an experiment works with. */
export interface RunPanelServices {
  readonly models: Models;
  readonly log: Log;
  readonly regions: RegionKeys;
  readonly editors: RunEditors;
  /** Where the extension is installed. */
  readonly extension: Uri;
  /** Folder for runs where no folder is open. */
  readonly storage: Uri;
  /** Keeps what outlives a window: how fast models were, earlier wordings, calibrations. */
  readonly memento: Memento;
  /** Program and version, for the record of a run. */
  readonly writtenBy: string;
}

/** What the panels of an experiment share, and the functions their webviews call. */
export interface SharedParts<Services, Run extends SessionRun, Setup> {
  readonly services: Services;
  readonly runs: OpenRuns<Run>;
  readonly link: EditorLink;
  /** Opens another panel with that setup and runs it. */
  readonly beginElsewhere: BeginElsewhere<Setup, Run>;
  /** Shows a saved run in its file's own editor. */
  openFile(uri: Uri): Promise<void>;
}

interface Session<Setup, Run extends SessionRun> extends RunPanelSession<Setup> {
  restore(setup: Setup, origin?: Run["report"]["spec"]): void;
  begin(): Promise<void>;
}

/** The panels of an experiment that are open, in panels of their own and in editors of saved runs. */
export abstract class RunPanels<
  Services extends RunPanelServices,
  Run extends SessionRun,
  Setup,
  S extends Session<Setup, Run>,
> implements Disposable
{
  private readonly store = new DisposableStore();
  protected readonly open: PanelSet<RunPanel<S, Setup>>;
  readonly parts: SharedParts<Services, Run, Setup>;

  /** `front` is set while one of the panels is the active editor; `read` reads a saved run. */
  constructor(
    services: Services,
    front: (typeof contextKeys)[keyof typeof contextKeys],
    read: (uri: Uri) => Promise<Run>,
  ) {
    this.open = this.store.add(new PanelSet(services.regions, front));
    this.parts = {
      services,
      runs: this.store.add(new OpenRuns(read)),
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

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.adopt(new RunPanel(panel, this.panelParts()));
  }

  /** A saved run, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.adopt(new RunPanel(panel, this.panelParts(), document.uri));
  }

  /** The panel a command of the palette means. Throws UserError where none is open. */
  shown(): RunPanel<S, Setup> {
    return this.open.shown(this.noneOpen());
  }

  dispose(): void {
    this.store.dispose();
  }

  /** What makes a webview such a panel. */
  protected abstract panelParts(): RunPanelParts<S, Setup>;

  /** Said to whoever means a panel where none is open. */
  protected abstract noneOpen(): string;

  /** A panel in which something else can be set up: what must stay in sight stays where it is shown. */
  protected free(): RunPanel<S, Setup> {
    return this.open.all.find((each) => each.free) ?? this.create();
  }

  protected adopt(panel: RunPanel<S, Setup>): RunPanel<S, Setup> {
    return this.open.adopt(panel);
  }

  private create(): RunPanel<S, Setup> {
    return this.adopt(RunPanel.create(this.panelParts()));
  }
}
