import { type WebviewPanel, window } from "vscode";
import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { RunPanelServices } from "../runs/runPanels";
import type { PanelParts } from "./reasoningPanel";
import type { ReasoningSession } from "./reasoningSession";
import type { Reasonings } from "./reasonings";

/**
 * Step by step against answer first: its commands, its panels and their return after a reload, and the editor of saved
 * runs. All that is behind them is read when the first is wanted.
 */
export function registerReasoning(services: RunPanelServices): DisposableStore {
  const store = new DisposableStore();
  const reasonings = store.add(
    new Lazy<Reasonings>(async () => new (await import("./reasonings")).Reasonings(services)),
  );
  const onShown = (id: string, act: (session: ReasoningSession, parts: PanelParts) => unknown) =>
    store.add(
      registerCommand(id, services.log, async () => {
        const open = await reasonings.get();
        await act(open.shown().session, open.parts);
      }),
    );
  const functions = () => import("./hostFunctions");

  store.add(
    registerCommand(commands.openReasoning, services.log, async (given) => (await reasonings.get()).show(given)),
  );
  onShown(commands.reasoningRun, (session) => session.begin());
  onShown(commands.reasoningPause, (session) => session.pause());
  onShown(commands.reasoningStop, (session) => session.stop());
  onShown(commands.reasoningGoOn, (session) => session.goOn());
  onShown(commands.reasoningUndo, (session) => session.setup.undo());
  onShown(commands.reasoningPickModel, (session) => session.pickModel(0));
  onShown(commands.reasoningOpenQuestions, async (session) => (await functions()).openQuestions(session));
  onShown(commands.reasoningUseEditor, async (session, parts) => (await functions()).useEditor(session, parts));
  onShown(commands.reasoningOpenRun, async (_, parts) => (await functions()).openRun(parts, null));
  onShown(commands.reasoningCompareWith, async (session, parts) => (await functions()).compare(session, parts, "pick"));
  onShown(commands.reasoningExportCsv, async (session, parts) =>
    (await functions()).exportShown(session, parts, "csv"),
  );
  onShown(commands.reasoningExportJson, async (session, parts) =>
    (await functions()).exportShown(session, parts, "json"),
  );
  onShown(commands.reasoningExportMarkdown, async (session, parts) =>
    (await functions()).exportShown(session, parts, "markdown"),
  );
  onShown(commands.reasoningInsertBest, async (session, parts) => (await functions()).insertArm(session, parts, null));

  store.add(
    window.registerWebviewPanelSerializer(panels.reasoning, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await reasonings.get()).restore(panel);
      },
    }),
  );
  services.editors.register("reasoning", async (document, panel) => (await reasonings.get()).openFile(document, panel));
  return store;
}
