import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { hostContract, type PanelState, panelContract } from "../../../webview/reasoning/protocol";
import { panels } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import { connect } from "../../rpc/rpc";
import type { EditorLink } from "../inspector/editorLink";
import { panelHtml } from "../panelHtml";
import { setUpPanel } from "../runs/panelLook";
import { webviewChannel } from "../webviewChannel";
import { hostFunctions } from "./hostFunctions";
import type { OpenRuns } from "./openRuns";
import type { ReasoningServices } from "./reasoningServices";
import { type BeginElsewhere, ReasoningSession } from "./reasoningSession";

export interface PanelParts {
  readonly services: ReasoningServices;
  readonly runs: OpenRuns;
  readonly link: EditorLink;
  /** Opens another panel with that setup and runs it. */
  readonly beginElsewhere: BeginElsewhere;
  /** Shows a saved run in its file's own editor. */
  readonly openFile: (uri: Uri) => Promise<void>;
}

/** The webview of a reasoning session: a panel of its own, or the editor of a saved run. */
export class ReasoningPanel implements Disposable {
  private readonly store = new DisposableStore();
  readonly session: ReasoningSession;
  private started = false;
  private waiting: ((session: ReasoningSession) => Promise<void>)[] = [];

  /** Opens beside the active editor. */
  static create(parts: PanelParts): ReasoningPanel {
    const panel = window.createWebviewPanel(panels.reasoning, title(undefined), { viewColumn: ViewColumn.Beside }, {});
    return new ReasoningPanel(panel, parts);
  }

  /** Also takes over a panel that VS Code brought back after a reload. `file`: shows that run for good. */
  constructor(
    readonly panel: WebviewPanel,
    parts: PanelParts,
    private readonly file?: Uri,
  ) {
    const { services, runs, beginElsewhere } = parts;
    setUpPanel(panel, services.extension, "token-lens");
    const remote = connect(
      hostContract,
      hostFunctions(() => this.session, { ...parts, start: (kept) => this.start(kept) }),
      panelContract,
      this.store.add(webviewChannel(panel.webview)),
      (error) => services.log.error("reasoning", error),
    );
    this.session = this.store.add(
      new ReasoningSession({ ...services, runs }, remote, {
        bound: file ? { beginElsewhere } : undefined,
        renamed: () => this.rename(),
      }),
    );
    this.store.add({ dispose: () => remote.close() });
    panel.onDidDispose(() => this.dispose());
    panel.webview.html = panelHtml(panel.webview, services.extension, "reasoning", title(undefined));
  }

  /** Brings the panel to the front and does what is asked for as soon as it can show it. */
  async show(act: (session: ReasoningSession) => Promise<void>): Promise<void> {
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

  private async start({ run, setup }: Pick<PanelState, "run" | "setup">): Promise<void> {
    // The webview is made anew when its panel was hidden: the session is still there then.
    if (!this.started) {
      this.started = true;
      if (setup) this.session.restore(setup);
      const shown = this.file ?? (run === null ? undefined : Uri.parse(run));
      if (shown) await this.session.showRun(shown, setup === null).catch((error) => this.session.complain(error));
      for (const act of this.waiting.splice(0)) await act(this.session).catch((error) => this.session.complain(error));
    }
    await this.session.start();
  }

  private rename(): void {
    if (!this.file) this.panel.title = title(this.session.name);
  }
}

/** The name in the title bar. */
function title(name: string | undefined): string {
  return name === undefined ? l10n.t("Step by step") : l10n.t("Step by step: {0}", name);
}
