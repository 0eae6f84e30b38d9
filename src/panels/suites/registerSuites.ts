import { type WebviewPanel, window } from "vscode";
import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { RunPanelServices } from "../runs/runPanels";
import type { PanelParts } from "./suitesPanel";
import type { SuitesPanels } from "./suitesPanels";
import type { SuitesSession } from "./suitesSession";

/**
 * The lab of sharp edges: its commands, its panels and their return after a reload, and the editor of its saved runs. All
 * that is behind them is read when the first is wanted.
 */
export function registerSuites(services: RunPanelServices): DisposableStore {
  const store = new DisposableStore();
  const all = store.add(
    new Lazy<SuitesPanels>(async () => new (await import("./suitesPanels")).SuitesPanels(services)),
  );
  const onShown = (id: string, act: (session: SuitesSession, parts: PanelParts) => unknown) =>
    store.add(
      registerCommand(id, services.log, async () => {
        const open = await all.get();
        await act(open.shown().session, open.parts);
      }),
    );
  const functions = () => import("./hostFunctions");

  store.add(registerCommand(commands.openSuites, services.log, async (given) => (await all.get()).show(given)));
  store.add(
    registerCommand(commands.suitesWriteStarter, services.log, async () => {
      await (await import("./starterSuite")).writeStarterSuite();
    }),
  );
  onShown(commands.suitesRun, (session) => session.begin());
  onShown(commands.suitesPause, (session) => session.pause());
  onShown(commands.suitesStop, (session) => session.stop());
  onShown(commands.suitesGoOn, (session) => session.goOn());
  onShown(commands.suitesUndo, (session) => session.setup.undo());
  onShown(commands.suitesAddModel, (session) => session.pickModel(null));
  onShown(commands.suitesOpenSuite, async (session) => (await functions()).openSuite(session));
  onShown(commands.suitesOpenRun, async (_, parts) => (await functions()).openRun(parts, null));
  onShown(commands.suitesCompareWith, async (session, parts) => (await functions()).compare(session, parts, "pick"));
  onShown(commands.suitesExportCsv, async (session, parts) => (await functions()).exportShown(session, parts, "csv"));
  onShown(commands.suitesExportJson, async (session, parts) => (await functions()).exportShown(session, parts, "json"));
  onShown(commands.suitesExportMarkdown, async (session, parts) =>
    (await functions()).exportShown(session, parts, "markdown"),
  );

  store.add(
    window.registerWebviewPanelSerializer(panels.suites, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await all.get()).restore(panel);
      },
    }),
  );
  services.editors.register("suites", async (document, panel) => (await all.get()).openFile(document, panel));
  return store;
}
