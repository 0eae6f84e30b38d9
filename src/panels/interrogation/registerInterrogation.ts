import { EventEmitter, type Uri } from "vscode";
import { commands, panels } from "../../contributions";
import { registerRunPanels } from "../runs/registerRunPanels";
import type { ExportFormat } from "../runs/savingFiles";
import type { InterrogationServices } from "./interrogationServices";
import type { Interrogations } from "./interrogations";

/** Interrogations. `knowledge` is what the heat map in the editor draws from. */
export function registerInterrogation(services: InterrogationServices) {
  const learned = new EventEmitter<void>();
  let open: Interrogations | undefined;
  const {
    store,
    panels: interrogations,
    on,
    onShown,
  } = registerRunPanels(services, {
    kind: "interrogation",
    viewType: panels.interrogation,
    make: async () => {
      const part = await import("./interrogations");
      open = new part.Interrogations(services, () => learned.fire());
      return open;
    },
    commands: {
      run: commands.interrogationRun,
      pause: commands.interrogationPause,
      stop: commands.interrogationStop,
      goOn: commands.interrogationGoOn,
      openRun: commands.interrogationOpenRun,
    },
  });
  store.add(learned);
  const functions = () => import("./hostFunctions");
  const onExport = (id: string, format: ExportFormat): void =>
    onShown(id, async (session, parts) => (await functions()).exportRun(session, parts, format));

  on(commands.openInterrogation, (each, given, all) => each.show(given, all));
  onShown(commands.interrogationChooseFolder, async (session, parts) =>
    (await functions()).choose(session, parts, "folder"),
  );
  onShown(commands.interrogationChooseFacts, async (session, parts) =>
    (await functions()).choose(session, parts, "facts"),
  );
  onShown(commands.interrogationPickModel, (session) => session.pickModel("probed"));
  onShown(commands.interrogationAccept, (session) => session.review.decide(session.review.needOpen(), "accepted"));
  onShown(commands.interrogationDrop, (session) => session.review.decide(session.review.needOpen(), "dropped"));
  onShown(commands.interrogationFix, (session) => session.fixOpen());
  onShown(commands.interrogationChangeMark, async (session) => (await functions()).changeMark(session));
  onShown(commands.interrogationNext, async (session) => (await functions()).step(session, 1));
  onShown(commands.interrogationPrevious, async (session) => (await functions()).step(session, -1));
  onShown(commands.interrogationUndo, (session) => session.review.undo());
  onExport(commands.interrogationExportCsv, "csv");
  onExport(commands.interrogationExportJson, "json");
  onExport(commands.interrogationExportMarkdown, "markdown");
  onShown(commands.interrogationExportDataSet, async (session) => (await functions()).exportShown(session));

  const knowledge = {
    onDidChange: learned.event,
    about: (file: Uri) => open?.about(file),
    open: async (file: Uri, question?: string) => (await interrogations.get()).reveal(file, question),
  };
  return { knowledge, dispose: () => store.dispose() };
}
