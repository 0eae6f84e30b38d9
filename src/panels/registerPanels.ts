import { commands as vscodeCommands, type WebviewPanel, window } from "vscode";
import { commands, panels } from "../contributions";
import { DisposableStore } from "../platform/disposables";
import { Lazy } from "../platform/lazy";
import type { InspectorServices } from "./inspector/inspectorServices";
import type { Inspectors } from "./inspector/inspectors";

/** The commands that open inspectors, and their return after a window reload. */
export function registerPanels(services: InspectorServices): DisposableStore {
  const store = new DisposableStore();
  const inspectors = store.add(
    new Lazy<Inspectors>(async () => new (await import("./inspector/inspectors")).Inspectors(services)),
  );
  const show = async (given?: unknown): Promise<void> => (await inspectors.get()).show(given);
  store.add(vscodeCommands.registerCommand(commands.openInspector, show));
  store.add(vscodeCommands.registerCommand(commands.compareTokenizers, () => show({ mode: "compare" })));
  store.add(
    window.registerWebviewPanelSerializer(panels.inspector, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await inspectors.get()).restore(panel);
      },
    }),
  );
  return store;
}
