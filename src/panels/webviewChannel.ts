import type { Disposable, Webview } from "vscode";
import type { Channel } from "../rpc/rpc";

/** A webview's messages as a channel. */
export function webviewChannel(webview: Webview): Channel & Disposable {
  const listeners = new Set<(message: unknown) => void>();
  const subscription = webview.onDidReceiveMessage((message: unknown) => {
    for (const listener of listeners) listener(message);
  });
  return {
    post: (message) => webview.postMessage(message),
    on: (listener) => {
      listeners.add(listener);
    },
    off: (listener) => {
      listeners.delete(listener);
    },
    dispose: () => subscription.dispose(),
  };
}
