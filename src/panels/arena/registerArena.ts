import { type WebviewPanel, window } from "vscode";
import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { RunPanelServices } from "../runs/runPanels";
import type { PanelParts } from "./arenaPanel";
import type { ArenaSession } from "./arenaSession";
import type { Arenas } from "./arenas";
import type { ExportFormat } from "./exporting";

/**
 * Comparisons of models, prompts or settings, blind or side by side: commands, panels and their return after a reload, and
 * the editor of saved runs. All that is behind them is read when the first is wanted.
 */
export function registerArena(services: RunPanelServices): DisposableStore {
  const store = new DisposableStore();
  const arenas = store.add(new Lazy<Arenas>(async () => new (await import("./arenas")).Arenas(services)));
  const on = (id: string, act: (given: unknown) => unknown) => store.add(registerCommand(id, services.log, act));
  const onShown = (id: string, act: (session: ArenaSession, parts: PanelParts) => unknown) =>
    on(id, async () => {
      const open = await arenas.get();
      await act(open.shown().session, open.parts);
    });
  const onVote = (id: string, choice: "left" | "right" | "tie" | "bothBad") =>
    onShown(id, (session) => session.needShown().voteInView(choice));
  const functions = () => import("./hostFunctions");
  const onExport = (id: string, format: ExportFormat) =>
    onShown(id, async (session, parts) => (await functions()).exportShown(session, parts, format));

  on(commands.openArena, async (given) => (await arenas.get()).show(given));
  on(commands.arenaStages, async (given) => (await arenas.get()).showStages(given));
  onShown(commands.arenaRun, (session) => session.begin());
  onShown(commands.arenaPause, (session) => session.pause());
  onShown(commands.arenaStop, (session) => session.stop());
  onShown(commands.arenaGoOn, (session) => session.goOn());
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
  onShown(commands.arenaOpenRun, async (_, parts) => (await functions()).openRun(parts, null));
  onExport(commands.arenaExportCsv, "csv");
  onExport(commands.arenaExportJson, "json");
  onExport(commands.arenaExportMarkdown, "markdown");

  store.add(
    window.registerWebviewPanelSerializer(panels.arena, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await arenas.get()).restore(panel);
      },
    }),
  );
  services.editors.register("arena", async (document, panel) => (await arenas.get()).openFile(document, panel));
  return store;
}
