import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import type { DisposableStore } from "../../platform/disposables";
import { registerRunPanels } from "../runs/registerRunPanels";
import type { RunPanelServices } from "../runs/runPanels";
import type { ExportFormat } from "./exporting";

/** The lab of sharp edges. */
export function registerSuites(services: RunPanelServices): DisposableStore {
  const { store, on, onShown } = registerRunPanels(services, {
    kind: "suites",
    viewType: panels.suites,
    make: async () => new (await import("./suitesPanels")).SuitesPanels(services),
    commands: {
      run: commands.suitesRun,
      pause: commands.suitesPause,
      stop: commands.suitesStop,
      goOn: commands.suitesGoOn,
      openRun: commands.suitesOpenRun,
    },
  });
  const functions = () => import("./hostFunctions");
  const onExport = (id: string, format: ExportFormat): void =>
    onShown(id, async (session, parts) => (await functions()).exportShown(session, parts, format));

  on(commands.openSuites, (all, given) => all.show(given));
  store.add(
    registerCommand(commands.suitesWriteStarter, services.log, async () => {
      await (await import("./starterSuite")).writeStarterSuite();
    }),
  );
  onShown(commands.suitesUndo, (session) => session.setup.undo());
  onShown(commands.suitesAddModel, (session) => session.pickModel(null));
  onShown(commands.suitesOpenSuite, async (session) => (await functions()).openSuite(session));
  onShown(commands.suitesCompareWith, async (session) => (await functions()).compare(session, "pick"));
  onExport(commands.suitesExportCsv, "csv");
  onExport(commands.suitesExportJson, "json");
  onExport(commands.suitesExportMarkdown, "markdown");
  return store;
}
