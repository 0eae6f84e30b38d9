import { randomUUID } from "node:crypto";
import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import { hostContract, panelContract } from "../../../webview/explorer/protocol";
import { panels } from "../../contributions";
import { explorer } from "../../experiments/explorer/explorer";
import { runFileEnding } from "../../experiments/runFile";
import { DisposableStore } from "../../platform/disposables";
import { connect, type Remote } from "../../rpc/rpc";
import { baseName } from "../baseName";
import { panelHtml } from "../panelHtml";
import { setUpPanel } from "../runs/panelLook";
import { readSavedRun } from "../runs/savedRun";
import { besideWork } from "../runs/savingFiles";
import { webviewChannel } from "../webviewChannel";
import { type Draft, type Drafts, isDraftId } from "./drafts";
import type { ExplorerServices } from "./explorerServices";
import { ExplorerSession } from "./explorerSession";
import { type ExplorerHome, hostFunctions } from "./hostFunctions";
import type { OpenRequest } from "./openRequest";

/** An exploration in a panel of its own: kept as a draft until a person saves it. */
export class ExplorerPanel implements Disposable, ExplorerHome {
  private readonly store = new DisposableStore();
  readonly session: ExplorerSession;
  readonly remote: Remote<typeof panelContract>;
  private draft: string = randomUUID();
  private savedTo: Uri | undefined;
  private unsaved = false;
  private request: OpenRequest | undefined;
  private started = false;
  private gone = false;

  /** Opens beside the active editor. */
  static create(services: ExplorerServices, drafts: Drafts): ExplorerPanel {
    const panel = window.createWebviewPanel(panels.explorer, title(), { viewColumn: ViewColumn.Beside }, {});
    return new ExplorerPanel(panel, services, drafts);
  }

  /** Also takes over a panel that VS Code brought back after a reload. */
  constructor(
    readonly panel: WebviewPanel,
    services: ExplorerServices,
    private readonly drafts: Drafts,
  ) {
    setUpPanel(panel, services.extension, "token-lens");
    this.remote = connect(
      hostContract,
      hostFunctions(() => this.session, this, services.log),
      panelContract,
      this.store.add(webviewChannel(panel.webview)),
      (error) => services.log.error("explorer", error),
    );
    this.session = this.store.add(
      new ExplorerSession(
        services,
        this.remote,
        () => this.changed(),
        () => panel.visible,
      ),
    );
    this.store.add({ dispose: () => this.remote.close() });
    panel.onDidDispose(() => this.closed());
    panel.webview.html = panelHtml(panel.webview, services.extension, "explorer", title());
  }

  /** Brings the panel to the front and goes to what is asked for. */
  async show(request: OpenRequest): Promise<void> {
    this.panel.reveal(undefined, true);
    if (this.started) await this.session.open(request);
    else this.request = request;
  }

  /** Shows the draft of a panel that was closed. */
  reopen(draft: string): void {
    this.draft = draft;
  }

  async start(draft: string | null): Promise<{ draft: string }> {
    // The webview is made anew when its panel was hidden: the session is still there then.
    if (!this.started) {
      if (draft !== null && isDraftId(draft)) this.draft = draft;
      await this.restore();
      this.started = true;
      if (this.request) await this.session.open(this.request);
    }
    this.session.start();
    return { draft: this.draft };
  }

  async save(): Promise<void> {
    if (this.savedTo) await this.writeTo(this.savedTo);
    else await this.saveAs();
  }

  async saveAs(): Promise<void> {
    const target = await window.showSaveDialog({
      defaultUri: this.savedTo ?? besideWork(`${this.session.suggestedName}${runFileEnding}`),
      // Not the whole ending: VS Code's own dialog looks at the last part alone and would add the whole a second time.
      filters: { [l10n.t("Promptscope run")]: ["jsonl"] },
    });
    if (target) await this.writeTo(target);
  }

  /** Ends the session alone: a panel closed by a window reload would not come back after it. */
  dispose(): void {
    this.gone = true;
    if (this.started && this.session.current) void this.drafts.write(this.draft, this.asDraft());
    this.store.dispose();
  }

  private async writeTo(target: Uri): Promise<void> {
    this.session.settle();
    await workspace.fs.writeFile(target, Buffer.from(this.session.text));
    this.savedTo = target;
    this.setUnsaved(false);
    await this.drafts.write(this.draft, this.asDraft());
  }

  private async restore(): Promise<void> {
    const draft = await this.drafts.read(this.draft);
    if (!draft) return;
    try {
      const saved = await readSavedRun(draft.run, explorer, new AbortController().signal);
      if (!saved) return;
      this.savedTo = draft.savedTo === null ? undefined : Uri.parse(draft.savedTo);
      this.session.resume(saved, { dormant: false });
      if (!draft.follows) this.session.unlink();
      this.setUnsaved(draft.unsaved);
    } catch (error) {
      // The draft stays where it is; what is done now goes into another one.
      this.draft = randomUUID();
      this.session.complain(error);
    }
  }

  private changed(): void {
    if (this.gone) return;
    this.setUnsaved(true);
    this.drafts.writeSoon(this.draft, () => this.asDraft());
  }

  private setUnsaved(unsaved: boolean): void {
    this.unsaved = unsaved;
    const name = this.savedTo ? baseName(this.savedTo) : null;
    this.session.setFile({ name, unsaved: unsaved && this.session.grown });
    this.panel.title = name === null ? title() : `${unsaved ? "● " : ""}${name}`;
  }

  private asDraft(): Draft {
    this.session.settle();
    const { text, follows } = this.session;
    return { run: text, savedTo: this.savedTo?.toString() ?? null, unsaved: this.unsaved, follows };
  }

  /** The person closed the panel: branches that were not saved can be had back. */
  private closed(): void {
    this.gone = true;
    const { current, grown, follows } = this.session;
    const draft = this.asDraft();
    this.store.dispose();
    // What follows the editor and was not worked on is there again as soon as a panel opens.
    if (!current || (follows && !grown)) {
      void this.drafts.remove(this.draft);
      return;
    }
    void this.drafts.write(this.draft, draft);
    if (this.unsaved) this.onDidLose?.(this.draft);
  }

  /** Hears of the draft of a panel that was closed with branches nobody saved. */
  onDidLose: ((draft: string) => void) | undefined;
}

/** The name in the title bar. */
export function title(): string {
  return l10n.t("Next-token explorer");
}
