import { commands, l10n, Uri, window } from "vscode";
import type { runCalls } from "../../../webview/runs/calls";
import type { Log } from "../../platform/log";
import type { Functions } from "../../rpc/rpc";
import type { Kept } from "./runPanel";
import { tellingErrors } from "./tellingErrors";

/** A session as the calls that all panels have know it; every `RunSession` is one. */
interface CalledSession {
  readonly setup: { undo(): void };
  useRunsSetup(): void;
  begin(): Promise<void>;
  pause(): Promise<void>;
  stop(): Promise<void>;
  goOn(): void;
  startOver(): void;
  cancel(): void;
  retry(): void;
  complain(error: unknown): void;
  pickSaved(title: string): Promise<Uri | undefined>;
  needShown(): { readonly open: { readonly uri: Uri; settle(): Promise<void> } };
}

/** What answers a webview's calls besides its session: what its panels share, and its own place. */
export type PanelHome<Parts, Setup> = Parts & {
  start(kept: Kept<Setup>): Promise<void>;
};

/** The calls that the panels of all experiments have. What a person asked for and cannot have is said in the panel. */
export function runFunctions<Setup>(
  session: () => CalledSession,
  home: PanelHome<{ readonly services: { readonly log: Log }; openFile(uri: Uri): Promise<void> }, Setup>,
): Functions<typeof runCalls> & { start(kept: Kept<Setup>): Promise<void> } {
  const told = tellingErrors(session);
  return {
    start: (kept) => home.start(kept),
    undoSetup: told(() => session().setup.undo()),
    useRunsSetup: told(() => session().useRunsSetup()),
    run: told(() => session().begin()),
    pause: told(() => session().pause()),
    stop: told(() => session().stop()),
    goOn: told(() => session().goOn()),
    startOver: told(() => session().startOver()),
    openRun: told((uri) => openRun(session(), home, uri)),
    revealFile: told(() => revealFile(session())),
    cancel: told(() => session().cancel()),
    retry: told(() => session().retry()),
    manageTrust: told(() => commands.executeCommand("workbench.trust.manage")),
    showLog: () => home.services.log.show(),
  };
}

/** A saved run in its file's own editor; null asks which. */
export async function openRun(
  session: Pick<CalledSession, "pickSaved">,
  { openFile }: { openFile(uri: Uri): Promise<void> },
  uri: string | null,
): Promise<void> {
  const file = uri === null ? await session.pickSaved(l10n.t("Open which run?")) : Uri.parse(uri);
  if (file) await openFile(file);
}

/** The run's file in a text editor, with all that came in it. */
async function revealFile(session: Pick<CalledSession, "needShown">): Promise<void> {
  const { open } = session.needShown();
  await open.settle();
  await window.showTextDocument(open.uri, { preview: true });
}
