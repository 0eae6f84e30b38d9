import { type CancellationToken, type Disposable, type Event, type Uri, type WebviewView, window } from "vscode";
import { type Action, hostContract, type Scores, viewContract } from "../../../webview/surprisal/protocol";
import { views } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { connect } from "../../rpc/rpc";
import { panelHtml, panelOptions } from "../panelHtml";
import { webviewChannel } from "../webviewChannel";

/** Where the view's numbers come from: the surprisal lens. */
export interface SurprisalSource {
  readonly onDidChange: Event<unknown>;
  /** Null without a text file in front. */
  scores(): Scores | null;
  run(action: Action): Promise<void>;
  reveal(start: number, end: number): Promise<void>;
}

/** While scores come in, the view changes this often. */
const restMs = 150;

/** The side bar's view of what the surprisal lens found. A webview, since a tree has no room for a histogram. */
export function registerSurprisalView(source: SurprisalSource, log: Log, extension: Uri): Disposable {
  return window.registerWebviewViewProvider(views.surprisal, {
    resolveWebviewView(view: WebviewView, _context: unknown, _token: CancellationToken) {
      const { webview } = view;
      const store = new DisposableStore();
      webview.options = panelOptions(extension);
      const remote = connect(
        hostContract,
        {
          start: () => source.scores(),
          run: (action) => source.run(action),
          reveal: (start, end) => source.reveal(start, end),
        },
        viewContract,
        store.add(webviewChannel(webview)),
        (error) => log.error("surprisal view", error),
      );
      let timer: NodeJS.Timeout | undefined;
      store.add(
        source.onDidChange(() => {
          timer ??= setTimeout(() => {
            timer = undefined;
            if (view.visible) remote.tell("show", source.scores());
          }, restMs);
        }),
      );
      store.add({ dispose: () => clearTimeout(timer) });
      store.add({ dispose: () => remote.close() });
      view.onDidDispose(() => store.dispose());
      webview.html = panelHtml(webview, extension, "surprisal", view.title ?? "Surprisal");
    },
  });
}
