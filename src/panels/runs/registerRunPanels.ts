import { type Disposable, type TextDocument, type Uri, type WebviewPanel, window } from "vscode";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { RunPanelServices } from "./runPanels";

/** A session as the commands that all panels have know it. */
interface CommandedSession {
  begin(): Promise<void>;
  pause(): Promise<void>;
  stop(): Promise<void>;
  goOn(): void;
  pickSaved(title: string): Promise<Uri | undefined>;
}

/** The panels of an experiment, as their commands know them; every `RunPanels` is one. */
interface CommandedPanels extends Disposable {
  readonly parts: { openFile(uri: Uri): Promise<void> };
  shown(): { readonly session: CommandedSession };
  restore(panel: WebviewPanel): void;
  openFile(document: TextDocument, panel: WebviewPanel): void;
}

type SessionOf<Panels extends CommandedPanels> = ReturnType<Panels["shown"]>["session"];

interface Registered<Panels> {
  /** Of run files; experiment.ts. */
  readonly kind: string;
  /** Type of the webview panel; contributions.ts. */
  readonly viewType: string;
  /** Builds the panels when the first is wanted. */
  make(): Promise<Panels>;
  /** Commands that the panels of all experiments have. */
  readonly commands: Readonly<Record<"run" | "pause" | "stop" | "goOn" | "openRun", string>>;
}

/**
 * Registers what the panels of all experiments have: the commands of a run's course, their return after a reload, and the
 * editor of their saved runs. All that is behind them is read when the first is wanted. For an experiment's own commands:
 * `on` hands over the panels, `onShown` the session of the panel a command of the palette means.
 */
export function registerRunPanels<Panels extends CommandedPanels>(
  { log, editors }: Pick<RunPanelServices, "log" | "editors">,
  { kind, viewType, make, commands }: Registered<Panels>,
) {
  const store = new DisposableStore();
  const panels = store.add(new Lazy(make));
  const on = (id: string, act: (panels: Panels, ...given: unknown[]) => unknown): void => {
    store.add(
      registerCommand(id, log, async (...given) => {
        await act(await panels.get(), ...given);
      }),
    );
  };
  const onShown = (id: string, act: (session: SessionOf<Panels>, parts: Panels["parts"]) => unknown): void =>
    on(id, (open) => act(open.shown().session as SessionOf<Panels>, open.parts));

  onShown(commands.run, (session) => session.begin());
  onShown(commands.pause, (session) => session.pause());
  onShown(commands.stop, (session) => session.stop());
  onShown(commands.goOn, (session) => session.goOn());
  onShown(commands.openRun, async (session, parts) => (await import("./runFunctions")).openRun(session, parts, null));
  store.add(
    window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await panels.get()).restore(panel);
      },
    }),
  );
  editors.register(kind, async (document, panel) => (await panels.get()).openFile(document, panel));
  return { store, panels, on, onShown };
}
