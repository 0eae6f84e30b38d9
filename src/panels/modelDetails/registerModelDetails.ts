import * as v from "valibot";
import { l10n, type WebviewPanel, window } from "vscode";
import { panelState } from "../../../webview/modelDetails/protocol";
import { commands, panels } from "../../contributions";
import { registerCommand } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";
import type { ModelDetailsPanel, ModelDetailsServices } from "./modelDetailsPanel";

/** A row of the Models view, as far as this command reads it, or a model's id. */
const subject = v.union([
  v.string(),
  v.pipe(
    v.object({ kind: v.literal("model"), entry: v.object({ id: v.string() }) }),
    v.transform(({ entry }) => entry.id),
  ),
]);

/** The command that shows a model's details, one page for each model, and their return after a window reload. */
export function registerModelDetails(services: ModelDetailsServices): DisposableStore {
  const { models, log } = services;
  const store = new DisposableStore();
  const open = new Map<string, ModelDetailsPanel>();
  const adopt = (details: ModelDetailsPanel): void => {
    open.set(details.id, details);
    services.regions.follow(details.panel);
    details.panel.onDidDispose(() => open.delete(details.id));
  };
  store.add(
    registerCommand(commands.modelsDetails, log, async (given) => {
      const parsed = v.safeParse(subject, given);
      const id = parsed.success ? parsed.output : await models.pick({ title: l10n.t("Show details of a model") });
      if (id === undefined) return;
      const { ModelDetailsPanel } = await import("./modelDetailsPanel");
      const shown = open.get(id);
      if (shown) shown.panel.reveal();
      else adopt(ModelDetailsPanel.create(services, id));
    }),
  );
  store.add(
    window.registerWebviewPanelSerializer(panels.modelDetails, {
      async deserializeWebviewPanel(panel: WebviewPanel, kept: unknown) {
        const { ModelDetailsPanel } = await import("./modelDetailsPanel");
        const state = v.safeParse(panelState, kept);
        if (state.success) adopt(new ModelDetailsPanel(panel, services, state.output.id));
        else panel.dispose();
      },
    }),
  );
  store.add({
    dispose: () => {
      for (const details of open.values()) details.dispose();
    },
  });
  return store;
}
