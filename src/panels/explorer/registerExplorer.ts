import * as v from "valibot";
import { l10n, Uri, type WebviewPanel, window } from "vscode";
import { commands, panels } from "../../contributions";
import { explorer as explorerExperiment } from "../../experiments/explorer/explorer";
import { registerCommand, UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import { Drafts } from "./drafts";
import { ExplorerEditor } from "./explorerEditor";
import { ExplorerPanel } from "./explorerPanel";
import type { ExplorerServices } from "./explorerServices";
import { exportData } from "./exporting";

/** Arguments of promptscope.openExplorer, all optional; other commands and links may give them. */
const openArguments = v.object({
  uri: v.optional(v.string()),
  /** UTF-16 offset in the document up to which its text is the prompt. */
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  modelId: v.optional(v.string()),
  /** A token to go on with: its id where the model is the same, else its text. */
  id: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  text: v.optional(v.string()),
});

/** The explorer: its command, its panels and their return after a reload, and the editor of saved explorations. */
export function registerExplorer(services: ExplorerServices): DisposableStore {
  const store = new DisposableStore();
  const drafts = new Drafts(services.drafts, services.log);
  const open = new Set<ExplorerPanel | ExplorerEditor>();
  let last: ExplorerPanel | ExplorerEditor | undefined;

  const adopt = <T extends ExplorerPanel | ExplorerEditor>(explorer: T): T => {
    open.add(explorer);
    services.regions.follow(explorer.panel);
    last = explorer;
    explorer.panel.onDidChangeViewState(() => {
      if (explorer.panel.active) last = explorer;
    });
    explorer.panel.onDidDispose(() => {
      open.delete(explorer);
      if (last === explorer) last = [...open].at(-1);
    });
    if (explorer instanceof ExplorerPanel) explorer.onDidLose = (draft) => void offerBack(draft);
    return explorer;
  };

  const offerBack = async (draft: string): Promise<void> => {
    const reopen = l10n.t("Reopen");
    const chosen = await window.showInformationMessage(
      l10n.t("The exploration was closed without being saved."),
      reopen,
    );
    if (chosen !== reopen) return;
    const panel = adopt(ExplorerPanel.create(services, drafts));
    panel.reopen(draft);
  };

  /** The explorer a command of the palette means. */
  const shown = (): ExplorerPanel | ExplorerEditor => {
    const found = last ?? [...open][0];
    if (found) return found;
    throw new UserError(l10n.t("No explorer is open. “Promptscope: Open Next-Token Explorer” opens one."));
  };
  const onShown = (id: string, act: (explorer: ExplorerPanel | ExplorerEditor) => unknown) =>
    store.add(registerCommand(id, services.log, () => act(shown())));

  store.add(
    registerCommand(commands.openExplorer, services.log, async (given) => {
      // A menu hands over the resource it stands on, which is no request of this kind.
      const asked = v.safeParse(openArguments, given);
      const there = [...open].find((each) => each instanceof ExplorerPanel);
      const panel = there ?? adopt(ExplorerPanel.create(services, drafts));
      await panel.show(asked.success ? asked.output : {});
    }),
  );
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
  onShown(commands.explorerExportCsv, ({ session }) => exportData(session, "csv"));
  onShown(commands.explorerExportJson, ({ session }) => exportData(session, "json"));
  onShown(commands.explorerExportBarsSvg, ({ remote }) => remote.call("command", "exportBarsSvg"));
  onShown(commands.explorerExportBarsPng, ({ remote }) => remote.call("command", "exportBarsPng"));
  onShown(commands.explorerExportTreeSvg, ({ remote }) => remote.call("command", "exportTreeSvg"));
  onShown(commands.explorerExportTreePng, ({ remote }) => remote.call("command", "exportTreePng"));

  store.add(
    window.registerWebviewPanelSerializer(panels.explorer, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        adopt(new ExplorerPanel(panel, services, drafts));
      },
    }),
  );
  services.editors.register(explorerExperiment.kind, (document, panel) => {
    adopt(new ExplorerEditor(panel, document, services));
  });
  store.add({
    dispose: () => {
      for (const explorer of open) explorer.dispose();
    },
  });
  drafts.tidy().catch((error: unknown) => services.log.error("drafts not tidied", error));
  return store;
}

/** Where drafts are kept: with the workspace, or with the extension where no folder is open. */
export function draftsFolder(storage: Uri | undefined, globalStorage: Uri): Uri {
  return Uri.joinPath(storage ?? globalStorage, "explorer");
}
