import { EventEmitter, type Uri, type WebviewPanel, window } from "vscode";
import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { PanelParts } from "./interrogationPanel";
import type { InterrogationServices } from "./interrogationServices";
import type { InterrogationSession } from "./interrogationSession";
import type { Interrogations } from "./interrogations";

/**
 * Interrogations: their commands, panels and their return after a reload, and the editor of saved runs. All that is behind
 * them is read when the first is wanted. `knowledge` is what the heat map in the editor draws from.
 */
export function registerInterrogation(services: InterrogationServices) {
  const store = new DisposableStore();
  const learned = store.add(new EventEmitter<void>());
  let open: Interrogations | undefined;
  const interrogations = store.add(
    new Lazy<Interrogations>(async () => {
      const part = await import("./interrogations");
      open = new part.Interrogations(services, () => learned.fire());
      return open;
    }),
  );
  const onShown = (id: string, act: (session: InterrogationSession, parts: PanelParts) => unknown) =>
    store.add(
      registerCommand(id, services.log, async () => {
        const all = await interrogations.get();
        await act(all.shown().session, all.parts);
      }),
    );
  const functions = () => import("./hostFunctions");

  store.add(
    registerCommand(commands.openInterrogation, services.log, async (given, all) =>
      (await interrogations.get()).show(given, all),
    ),
  );
  onShown(commands.interrogationRun, (session) => session.begin());
  onShown(commands.interrogationPause, (session) => session.pause());
  onShown(commands.interrogationStop, (session) => session.stop());
  onShown(commands.interrogationGoOn, (session) => session.goOn());
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
  onShown(commands.interrogationOpenRun, async (_, parts) => (await functions()).openRun(parts, null));
  onShown(commands.interrogationExportDataSet, async (session) => (await functions()).exportShown(session));

  store.add(
    window.registerWebviewPanelSerializer(panels.interrogation, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await interrogations.get()).restore(panel);
      },
    }),
  );
  services.editors.register("interrogation", async (document, panel) =>
    (await interrogations.get()).openFile(document, panel),
  );
  const knowledge = {
    onDidChange: learned.event,
    about: (file: Uri) => open?.about(file),
    open: async (file: Uri, question?: string) => (await interrogations.get()).reveal(file, question),
  };
  return { knowledge, dispose: () => store.dispose() };
}
