import { type Disposable, l10n, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import { hostContract, type OpenRequest, panelContract } from "../../../webview/inspector/protocol";
import { panels } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import { connect } from "../../rpc/rpc";
import { panelHtml, panelOptions } from "../panelHtml";
import { webviewChannel } from "../webviewChannel";
import type { InspectorServices } from "./inspectorServices";
import { InspectorSession } from "./inspectorSession";

/** One inspector: the webview panel, the session behind it, and the calls between them. */
export class InspectorPanel implements Disposable {
  private readonly store = new DisposableStore();
  private readonly session: InspectorSession;

  /** Opens beside the active editor. */
  static create(services: InspectorServices): InspectorPanel {
    const title = l10n.t("Token inspector");
    const panel = window.createWebviewPanel(panels.inspector, title, { viewColumn: ViewColumn.Beside }, {});
    return new InspectorPanel(panel, services);
  }

  /** Also takes over a panel that VS Code brought back after a reload. */
  constructor(
    readonly panel: WebviewPanel,
    services: InspectorServices,
  ) {
    const { log, extension } = services;
    const title = l10n.t("Token inspector");
    panel.title = title;
    const icon = (theme: string) => Uri.joinPath(extension, "media", "icons", `token-lens-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    panel.webview.options = panelOptions(extension);
    const remote = connect(
      hostContract,
      {
        start: (from) => this.session.start(from),
        configure: (configuration) => this.session.configure(configuration),
        setTyped: (text) => this.session.setTyped(text),
        editTyped: (edit) => this.session.editTyped(edit),
        page: (index) => this.session.page(index),
        details: (token) => this.session.details(token),
        difference: (from) => this.session.difference(from),
        differences: () => this.session.differences(),
        highlight: (span) => this.session.highlight(span),
        reveal: (span, select) => this.session.reveal(span, select),
        copy: (format) => this.session.copy(format),
        copyText: (text) => this.session.copyText(text),
        setChat: (chat) => this.session.setChat(chat),
        searchVocabulary: (query) => this.session.vocabulary.searchFor(query),
        vocabularyRows: (range) => this.session.vocabulary.rows(range),
        showLog: () => log.show(),
      },
      panelContract,
      this.store.add(webviewChannel(panel.webview)),
      (error) => log.error("inspector", error),
    );
    this.session = this.store.add(new InspectorSession(services, remote));
    this.store.add({ dispose: () => remote.close() });
    panel.onDidDispose(() => this.store.dispose());
    panel.onDidChangeViewState(() => panel.visible || this.session.highlight(null));
    panel.webview.html = panelHtml(panel.webview, extension, "inspector", title);
  }

  /** Brings the panel to the front and shows what is asked for. */
  async show(request: OpenRequest, uri: string | undefined): Promise<void> {
    this.panel.reveal(undefined, true);
    await this.session.open(request, uri);
  }

  /** Ends the session alone: a panel closed by a window reload would not come back after it. */
  dispose(): void {
    this.store.dispose();
  }
}
