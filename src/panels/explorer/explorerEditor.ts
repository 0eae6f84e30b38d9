import {
  commands,
  type Disposable,
  l10n,
  Range,
  type TextDocument,
  type WebviewPanel,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { hostContract, panelContract } from "../../../webview/explorer/protocol";
import { explorer } from "../../experiments/explorer/explorer";
import { DisposableStore } from "../../platform/disposables";
import { connect, type Remote } from "../../rpc/rpc";
import { wholeRange } from "../../tokens/documentText";
import { baseName } from "../baseName";
import { panelHtml } from "../panelHtml";
import { setUpPanel } from "../runs/panelLook";
import { readSavedRun } from "../runs/savedRun";
import { webviewChannel } from "../webviewChannel";
import { title } from "./explorerPanel";
import type { ExplorerServices } from "./explorerServices";
import { ExplorerSession } from "./explorerSession";
import { type ExplorerHome, hostFunctions } from "./hostFunctions";

/** How long a document that is changed elsewhere has to rest before it is read again. */
const restMs = 300;

/**
 * A saved exploration in its file's own editor. The file's text is the record: what is done here is added to it as edits,
 * so that saving, undo, hot exit and the text editor beside it all work as for any other file.
 */
export class ExplorerEditor implements Disposable, ExplorerHome {
  private readonly store = new DisposableStore();
  readonly session: ExplorerSession;
  readonly remote: Remote<typeof panelContract>;
  private reading = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  /** Text that is still to be added, and whether it replaces what is there. */
  private waiting = "";
  private replaces = false;
  /** Offset of a last line that was cut off: what is added takes its place. */
  private cutAt: number | undefined;
  private writing: Promise<void> | undefined;

  constructor(
    readonly panel: WebviewPanel,
    private readonly document: TextDocument,
    services: ExplorerServices,
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
        (text, whole) => this.add(text, whole),
        () => panel.visible,
      ),
    );
    this.store.add({ dispose: () => this.remote.close() });
    this.store.add(workspace.onDidSaveTextDocument((saved) => saved === document && this.tellFile()));
    this.store.add(
      workspace.onDidChangeTextDocument(({ document: changed, contentChanges }) => {
        if (changed !== document) return;
        this.tellFile();
        // Undo, or an edit in a text editor: the record follows the file.
        if (contentChanges.length > 0 && !this.writing) this.readSoon();
      }),
    );
    panel.onDidDispose(() => this.dispose());
    panel.webview.html = panelHtml(panel.webview, services.extension, "explorer", title());
  }

  async start(): Promise<{ draft: null }> {
    if (!this.session.current) await this.read();
    this.tellFile();
    this.session.start();
    return { draft: null };
  }

  async save(): Promise<void> {
    this.session.settle();
    await this.writing;
    await this.document.save();
  }

  async saveAs(): Promise<void> {
    this.session.settle();
    await this.writing;
    this.panel.reveal();
    await commands.executeCommand("workbench.action.files.saveAs");
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.reading.abort();
    this.store.dispose();
  }

  private async read(): Promise<void> {
    this.reading.abort();
    this.reading = new AbortController();
    const { signal } = this.reading;
    try {
      const saved = await readSavedRun(this.document.getText(), explorer, signal);
      if (!saved || signal.aborted) return;
      this.cutAt = saved.run.cut ? saved.text.length : undefined;
      this.session.resume(saved, { dormant: true });
    } catch (error) {
      this.session.refuse(error);
    }
  }

  private readSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.read(), restMs);
  }

  private add(text: string, whole: boolean): void {
    this.waiting = whole ? text : this.waiting + text;
    this.replaces ||= whole;
    this.writing ??= this.write().finally(() => {
      this.writing = undefined;
    });
  }

  /** One edit after the other: VS Code refuses one that was made against an older version. */
  private async write(): Promise<void> {
    while (this.waiting !== "") {
      const edit = new WorkspaceEdit();
      const all = wholeRange(this.document);
      const start = this.cutAt === undefined ? all.end : this.document.positionAt(this.cutAt);
      const text = start.character > 0 && !this.replaces ? `\n${this.waiting}` : this.waiting;
      edit.replace(this.document.uri, this.replaces ? all : new Range(start, all.end), text);
      this.cutAt = undefined;
      this.waiting = "";
      this.replaces = false;
      if (await workspace.applyEdit(edit)) continue;
      void window.showErrorMessage(
        l10n.t(
          "{0} cannot be changed; what you do here is not kept in it. Save it under another name.",
          this.document.fileName,
        ),
      );
      return;
    }
  }

  private tellFile(): void {
    const name = baseName(this.document.uri);
    this.session.setFile({ name, unsaved: this.document.isDirty });
  }
}
