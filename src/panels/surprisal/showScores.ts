import type { Uri, WebviewView } from "vscode";
import { hostContract, viewContract } from "../../../webview/surprisal/protocol";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { connect } from "../../rpc/rpc";
import { panelHtml, panelOptions } from "../panelHtml";
import { webviewChannel } from "../webviewChannel";
import type { SurprisalSource } from "./surprisalView";

/** While scores come in, the view changes this often. */
const restMs = 150;

/** Fills the view and keeps it up to date until it is closed. */
export function showScores(view: WebviewView, source: SurprisalSource, log: Log, extension: Uri): void {
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
}
