import * as v from "valibot";
import { commands as vscodeCommands, type WebviewPanel, window } from "vscode";
import { mode, type OpenRequest } from "../../webview/inspector/protocol";
import { commands, panels } from "../contributions";
import { DisposableStore } from "../platform/disposables";
import type { InspectorPanel } from "./inspector/inspectorPanel";
import type { InspectorServices } from "./inspector/inspectorServices";

/** Arguments of promptscope.openInspector, all optional; other commands and links may give them. */
const inspectorArguments = v.object({
  mode: v.optional(mode),
  /** Index in the document's tokens. */
  tokenIndex: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** UTF-16 offset in the document, where the index is not known. */
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  uri: v.optional(v.string()),
});

/** The commands that open panels, and their return after a window reload. A panel is loaded when one is wanted. */
export function registerPanels(services: InspectorServices): DisposableStore {
  const store = new DisposableStore();
  const open = new Set<InspectorPanel>();
  const adopt = (inspector: InspectorPanel): InspectorPanel => {
    open.add(inspector);
    services.regions.follow(inspector.panel);
    inspector.panel.onDidDispose(() => open.delete(inspector));
    return inspector;
  };
  const show = async (request: OpenRequest, uri?: string): Promise<void> => {
    const { InspectorPanel } = await import("./inspector/inspectorPanel");
    const inspector = [...open].find(({ panel }) => panel.visible) ?? [...open][0];
    await (inspector ?? adopt(InspectorPanel.create(services))).show(request, uri);
  };
  store.add(
    vscodeCommands.registerCommand(commands.openInspector, async (given?: unknown) => {
      // A menu hands over the resource it stands on, which is no request of this kind.
      const asked = v.safeParse(inspectorArguments, given);
      const { mode, tokenIndex, offset, uri } = asked.success ? asked.output : {};
      await show({ mode: mode ?? null, tokenIndex: tokenIndex ?? null, offset: offset ?? null }, uri);
    }),
  );
  store.add(
    vscodeCommands.registerCommand(commands.compareTokenizers, () =>
      show({ mode: "compare", tokenIndex: null, offset: null }),
    ),
  );
  store.add(
    window.registerWebviewPanelSerializer(panels.inspector, {
      async deserializeWebviewPanel(panel: WebviewPanel) {
        const { InspectorPanel } = await import("./inspector/inspectorPanel");
        adopt(new InspectorPanel(panel, services));
      },
    }),
  );
  store.add({
    dispose: () => {
      for (const inspector of open) inspector.dispose();
    },
  });
  return store;
}
