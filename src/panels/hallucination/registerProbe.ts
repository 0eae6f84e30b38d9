import { commands, panels } from "../../contributions";
import type { DisposableStore } from "../../platform/disposables";
import { registerRunPanels } from "../runs/registerRunPanels";
import type { RunPanelServices } from "../runs/runPanels";
import type { ExportFormat } from "./exporting";

/** Does it know, or make it up. */
export function registerProbe(services: RunPanelServices): DisposableStore {
  const { store, on, onShown } = registerRunPanels(services, {
    kind: "hallucination",
    viewType: panels.probe,
    make: async () => new (await import("./probes")).Probes(services),
    commands: {
      run: commands.probeRun,
      pause: commands.probePause,
      stop: commands.probeStop,
      goOn: commands.probeGoOn,
      openRun: commands.probeOpenRun,
    },
  });
  const functions = () => import("./hostFunctions");
  const onExport = (id: string, format: ExportFormat): void =>
    onShown(id, async (session, parts) => (await functions()).exportShown(session, parts, format));

  on(commands.openProbe, (probes, given) => probes.show(given));
  on(commands.probeCalibrate, (probes) => probes.calibrateBuiltIn());
  onShown(commands.probeUndo, (session) => session.setup.undo());
  onShown(commands.probePickModel, (session) => session.pickModel("probed"));
  onShown(commands.probeOpenQuestions, async (session) => (await functions()).openQuestions(session));
  onShown(commands.probeUseEditor, async (session, { link }) => (await functions()).useEditor(session, link));
  onExport(commands.probeExportCsv, "csv");
  onExport(commands.probeExportJson, "json");
  onExport(commands.probeExportMarkdown, "markdown");
  return store;
}
