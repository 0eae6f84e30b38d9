import { type Disposable, type Event, type Uri, type WebviewView, window } from "vscode";
import type { Action, Scores } from "../../../webview/surprisal/protocol";
import { views } from "../../contributions";
import type { Log } from "../../platform/log";

/** Where the view's numbers come from: the surprisal lens. */
export interface SurprisalSource {
  readonly onDidChange: Event<unknown>;
  /** Null without a text file in front. */
  scores(): Scores | null;
  run(action: Action): Promise<void>;
  reveal(start: number, end: number): Promise<void>;
}

/**
 * The side bar's view of what the surprisal lens found: a webview, since a tree has no room for a histogram. What is behind
 * it is read when it is first shown.
 */
export function registerSurprisalView(source: SurprisalSource, log: Log, extension: Uri): Disposable {
  return window.registerWebviewViewProvider(views.surprisal, {
    async resolveWebviewView(view: WebviewView) {
      (await import("./showScores")).showScores(view, source, log, extension);
    },
  });
}
