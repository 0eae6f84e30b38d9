import { Uri, type WebviewPanel, window } from "vscode";
import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Lazy } from "../../platform/lazy";
import type { ExplorerServices } from "./explorerServices";
import type { Explorers } from "./explorers";

/**
 * The explorer: its command, its panels and their return after a reload, and the editor of saved explorations. All that is
 * behind them is read when the first is wanted.
 */
export function registerExplorer(services: ExplorerServices): DisposableStore {
  const store = new DisposableStore();
  const explorers = store.add(new Lazy<Explorers>(async () => new (await import("./explorers")).Explorers(services)));
  const onShown = (id: string, act: (explorer: ReturnType<Explorers["shown"]>) => unknown) =>
    store.add(registerCommand(id, services.log, async () => act((await explorers.get()).shown())));

  store.add(registerCommand(commands.openExplorer, services.log, async (given) => (await explorers.get()).show(given)));
  onShown(commands.explorerBack, ({ session }) => session.back());
  onShown(commands.explorerUndo, ({ session }) => session.undo());
  onShown(commands.explorerToss, ({ session }) => session.toss(1));
  onShown(commands.explorerTossMany, ({ session }) => session.toss(1_000));
  onShown(commands.explorerContinue, ({ session }) => session.grow({ how: "draw", tokens: 40, count: 1 }));
  onShown(commands.explorerCancel, ({ session }) => session.cancel());
  onShown(commands.explorerPickModel, ({ session }) => session.pickModel("own"));
  onShown(commands.explorerInsert, ({ session }) => session.insert(session.current?.now.tree.hand ?? 0));
  onShown(commands.explorerSave, (explorer) => explorer.save());
  onShown(commands.explorerSaveAs, (explorer) => explorer.saveAs());
  onShown(commands.explorerExportCsv, async ({ session }) => (await import("./exporting")).exportData(session, "csv"));
  onShown(commands.explorerExportJson, async ({ session }) =>
    (await import("./exporting")).exportData(session, "json"),
  );
  onShown(commands.explorerExportBarsSvg, ({ remote }) => remote.call("command", "exportBarsSvg"));
  onShown(commands.explorerExportBarsPng, ({ remote }) => remote.call("command", "exportBarsPng"));
  onShown(commands.explorerExportTreeSvg, ({ remote }) => remote.call("command", "exportTreeSvg"));
  onShown(commands.explorerExportTreePng, ({ remote }) => remote.call("command", "exportTreePng"));

  store.add(
    window.registerWebviewPanelSerializer(panels.explorer, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        (await explorers.get()).restore(panel);
      },
    }),
  );
  services.editors.register("explorer", async (document, panel) => (await explorers.get()).openFile(document, panel));
  return store;
}

/** Where drafts are kept: with the workspace, or with the extension where no folder is open. */
export function draftsFolder(storage: Uri | undefined, globalStorage: Uri): Uri {
  return Uri.joinPath(storage ?? globalStorage, "explorer");
}
