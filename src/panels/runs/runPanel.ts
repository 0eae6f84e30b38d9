import { type Disposable, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { DisposableStore } from "../../platform/disposables";
import type { Channel } from "../../rpc/rpc";
import { panelHtml } from "../panelHtml";
import { webviewChannel } from "../webviewChannel";
import { setUpPanel } from "./panelLook";

/** What a panel of runs shows; everything it does is here, the panel is its place. */
export interface RunPanelSession<Setup> extends Disposable {
  /** Of what is shown, for the title bar; undefined for nothing yet. */
  readonly name: string | undefined;
  /** Whether something else can be set up here. */
  readonly free: boolean;
  /** Takes back what the webview had kept over a reload. */
  restore(setup: Setup): void;
  /** Shows a saved run; `itsSetup` takes its settings over. Rejects where it cannot be read. */
  showRun(uri: Uri, itsSetup: boolean): Promise<void>;
  /** The webview can show things from now on. */
  start(): Promise<void>;
  /** Says what went wrong. */
  complain(error: unknown): void;
}

/** What the webview had kept: the file of the run that was shown, and the setup. */
export interface Kept<Setup> {
  readonly run: string | null;
  readonly setup: Setup | null;
}

/** The place of a session, as the session's side sees it. */
export interface RunPanelHome<Setup> {
  /** The file whose editor this is; undefined for a panel of its own. */
  readonly file: Uri | undefined;
  /** The webview is there: to be called by its own `start`. */
  start(kept: Kept<Setup>): Promise<void>;
  /** Something else is shown: the title follows. */
  renamed(): void;
}

export interface RunPanelParts<Session, Setup> {
  readonly extension: Uri;
  /** Bundle in dist/webview. */
  readonly page: string;
  /** Type of the webview panel; contributions.ts. */
  readonly viewType: string;
  /** In the title bar, for what a session shows. */
  title(name: string | undefined): string;
  /** Connects the webview and makes the session; `store` ends what belongs to it. */
  connect(channel: Channel, home: RunPanelHome<Setup>, store: DisposableStore): Session;
}

/** The webview of a session: a panel of its own, or the editor of a saved run. */
export class RunPanel<Session extends RunPanelSession<Setup>, Setup> implements Disposable {
  private readonly store = new DisposableStore();
  readonly session: Session;
  private started = false;
  private waiting: ((session: Session) => Promise<void>)[] = [];

  /** Opens beside the active editor. */
  static create<Session extends RunPanelSession<Setup>, Setup>(
    parts: RunPanelParts<Session, Setup>,
  ): RunPanel<Session, Setup> {
    const { viewType, title } = parts;
    const panel = window.createWebviewPanel(viewType, title(undefined), { viewColumn: ViewColumn.Beside }, {});
    return new RunPanel(panel, parts);
  }

  /** Also takes over a panel that VS Code brought back after a reload. `file`: shows that run for good. */
  constructor(
    readonly panel: WebviewPanel,
    private readonly parts: RunPanelParts<Session, Setup>,
    private readonly file?: Uri,
  ) {
    const { extension, page, title } = parts;
    setUpPanel(panel, extension, "token-lens");
    const home: RunPanelHome<Setup> = { file, start: (kept) => this.start(kept), renamed: () => this.rename() };
    this.session = this.store.add(parts.connect(this.store.add(webviewChannel(panel.webview)), home, this.store));
    panel.onDidDispose(() => this.dispose());
    panel.webview.html = panelHtml(panel.webview, extension, page, title(undefined));
  }

  /** Brings the panel to the front and does what is asked for as soon as it can show it. */
  async show(act: (session: Session) => Promise<void>): Promise<void> {
    this.panel.reveal(undefined, false);
    if (this.started) await act(this.session);
    else this.waiting.push(act);
  }

  /** Whether something else can be set up here. */
  get free(): boolean {
    return !this.file && this.session.free;
  }

  /** Ends the session alone: a panel closed by a window reload would not come back after it. */
  dispose(): void {
    this.store.dispose();
  }

  private async start({ run, setup }: Kept<Setup>): Promise<void> {
    const { session } = this;
    // The webview is made anew when its panel was hidden: the session is still there then.
    if (!this.started) {
      this.started = true;
      if (setup) session.restore(setup);
      const shown = this.file ?? (run === null ? undefined : Uri.parse(run));
      if (shown) await session.showRun(shown, setup === null).catch((error) => session.complain(error));
      for (const act of this.waiting.splice(0)) await act(session).catch((error) => session.complain(error));
    }
    await session.start();
  }

  private rename(): void {
    if (!this.file) this.panel.title = this.parts.title(this.session.name);
  }
}
