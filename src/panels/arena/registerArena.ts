import { commands, panels } from "../../contributions";
import type { DisposableStore } from "../../platform/disposables";
import { registerRunPanels } from "../runs/registerRunPanels";
import type { RunPanelServices } from "../runs/runPanels";
import type { ExportFormat } from "./exporting";

/** Comparisons of models, prompts or settings, blind or side by side. */
export function registerArena(services: RunPanelServices): DisposableStore {
  const { store, on, onShown } = registerRunPanels(services, {
    kind: "arena",
    viewType: panels.arena,
    make: async () => new (await import("./arenas")).Arenas(services),
    commands: {
      run: commands.arenaRun,
      pause: commands.arenaPause,
      stop: commands.arenaStop,
      goOn: commands.arenaGoOn,
      openRun: commands.arenaOpenRun,
    },
  });
  const functions = () => import("./hostFunctions");
  const onVote = (id: string, choice: "left" | "right" | "tie" | "bothBad"): void =>
    onShown(id, (session) => session.needShown().voteInView(choice));
  const onExport = (id: string, format: ExportFormat): void =>
    onShown(id, async (session, parts) => (await functions()).exportShown(session, parts, format));

  on(commands.openArena, (arenas, given) => arenas.show(given));
  on(commands.arenaStages, (arenas, given) => arenas.showStages(given));
  onShown(commands.arenaUndo, (session) => session.setup.undo());
  onShown(commands.arenaOpenPrompts, async (session) => (await functions()).openPrompts(session));
  onShown(commands.arenaUseEditor, async (session, parts) => (await functions()).useEditor(session, parts));
  onVote(commands.arenaVoteLeft, "left");
  onVote(commands.arenaVoteRight, "right");
  onVote(commands.arenaVoteTie, "tie");
  onVote(commands.arenaVoteBothBad, "bothBad");
  onShown(commands.arenaUndoVote, (session) => session.needShown().undoVote());
  onShown(commands.arenaNext, (session) => session.needShown().next());
  onShown(commands.arenaReveal, (session) => session.needShown().reveal());
  onExport(commands.arenaExportCsv, "csv");
  onExport(commands.arenaExportJson, "json");
  onExport(commands.arenaExportMarkdown, "markdown");
  return store;
}
