import { commands, panels } from "../../contributions";
import type { DisposableStore } from "../../platform/disposables";
import { registerRunPanels } from "../runs/registerRunPanels";
import type { RunPanelServices } from "../runs/runPanels";
import type { ExportFormat } from "../runs/savingFiles";

/** Step by step against answer first. */
export function registerReasoning(services: RunPanelServices): DisposableStore {
  const { store, on, onShown } = registerRunPanels(services, {
    kind: "reasoning",
    viewType: panels.reasoning,
    make: async () => new (await import("./reasonings")).Reasonings(services),
    commands: {
      run: commands.reasoningRun,
      pause: commands.reasoningPause,
      stop: commands.reasoningStop,
      goOn: commands.reasoningGoOn,
      openRun: commands.reasoningOpenRun,
    },
  });
  const functions = () => import("./hostFunctions");
  const onExport = (id: string, format: ExportFormat): void =>
    onShown(id, async (session, parts) => (await functions()).exportShown(session, parts, format));

  on(commands.openReasoning, (reasonings, given) => reasonings.show(given));
  onShown(commands.reasoningUndo, (session) => session.setup.undo());
  onShown(commands.reasoningPickModel, (session) => session.pickModel(0));
  onShown(commands.reasoningOpenQuestions, async (session) => (await functions()).openQuestions(session));
  onShown(commands.reasoningUseEditor, async (session, parts) => (await functions()).useEditor(session, parts));
  onShown(commands.reasoningCompareWith, async (session) => (await functions()).compare(session, "pick"));
  onExport(commands.reasoningExportCsv, "csv");
  onExport(commands.reasoningExportJson, "json");
  onExport(commands.reasoningExportMarkdown, "markdown");
  onShown(commands.reasoningInsertBest, async (session, parts) => (await functions()).insertArm(session, parts, null));
  return store;
}
