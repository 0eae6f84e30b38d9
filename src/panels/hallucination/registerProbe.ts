import { type WebviewPanel, window } from "vscode";
import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { RunPanelServices } from "../runs/runPanels";
import type { ProbeParts } from "./probePanel";
import type { ProbeSession } from "./probeSession";
import type { Probes } from "./probes";

/**
 * Does it know, or make it up: its commands, its panels and their return after a reload, and the editor of saved probes. All
 * that is behind them is read when the first is wanted.
 */
export function registerProbe(services: RunPanelServices): DisposableStore {
  const store = new DisposableStore();
  const probes = store.add(new Lazy<Probes>(async () => new (await import("./probes")).Probes(services)));
  const onShown = (id: string, act: (session: ProbeSession, parts: ProbeParts) => unknown) =>
    store.add(
      registerCommand(id, services.log, async () => {
        const open = await probes.get();
        await act(open.shown().session, open.parts);
      }),
    );
  const functions = () => import("./hostFunctions");

  store.add(registerCommand(commands.openProbe, services.log, async (given) => (await probes.get()).show(given)));
  store.add(
    registerCommand(commands.probeCalibrate, services.log, async () => (await probes.get()).calibrateBuiltIn()),
  );
  onShown(commands.probeRun, (session) => session.begin());
  onShown(commands.probePause, (session) => session.pause());
  onShown(commands.probeStop, (session) => session.stop());
  onShown(commands.probeGoOn, (session) => session.goOn());
  onShown(commands.probeUndo, (session) => session.setup.undo());
  onShown(commands.probePickModel, (session) => session.pickModel("probed"));
  onShown(commands.probeOpenQuestions, async (session) => (await functions()).openQuestions(session));
  onShown(commands.probeUseEditor, async (session, { link }) => (await functions()).useEditor(session, link));
  onShown(commands.probeOpenRun, async (_, parts) => (await functions()).openRun(parts, null));
  onShown(commands.probeExportCsv, async (session, parts) => (await functions()).exportShown(session, parts, "csv"));
  onShown(commands.probeExportJson, async (session, parts) => (await functions()).exportShown(session, parts, "json"));
  onShown(commands.probeExportMarkdown, async (session, parts) =>
    (await functions()).exportShown(session, parts, "markdown"),
  );

  store.add(
    window.registerWebviewPanelSerializer(panels.probe, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await probes.get()).restore(panel);
      },
    }),
  );
  services.editors.register("hallucination", async (document, panel) => (await probes.get()).openFile(document, panel));
  return store;
}
