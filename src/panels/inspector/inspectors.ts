import * as v from "valibot";
import type { Disposable, WebviewPanel } from "vscode";
import { mode, type OpenRequest } from "../../../webview/inspector/protocol";
import { InspectorPanel } from "./inspectorPanel";
import type { InspectorServices } from "./inspectorServices";

/** Arguments of promptscope.openInspector, all optional; other commands and links may give them. */
const inspectorArguments = v.object({
  mode: v.optional(mode),
  /** Index in the document's tokens. */
  tokenIndex: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** UTF-16 offset in the document, where the index is not known. */
  offset: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  uri: v.optional(v.string()),
});

/** The inspectors that are open. */
export class Inspectors implements Disposable {
  private readonly open = new Set<InspectorPanel>();

  constructor(private readonly services: InspectorServices) {}

  async show(given: unknown): Promise<void> {
    // A menu hands over the resource it stands on, which is no request of this kind.
    const asked = v.safeParse(inspectorArguments, given);
    const { mode, tokenIndex, offset, uri } = asked.success ? asked.output : {};
    const request: OpenRequest = { mode: mode ?? null, tokenIndex: tokenIndex ?? null, offset: offset ?? null };
    const inspector = [...this.open].find(({ panel }) => panel.visible) ?? [...this.open][0];
    await (inspector ?? this.adopt(InspectorPanel.create(this.services))).show(request, uri);
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.adopt(new InspectorPanel(panel, this.services));
  }

  dispose(): void {
    for (const inspector of this.open) inspector.dispose();
  }

  private adopt(inspector: InspectorPanel): InspectorPanel {
    this.open.add(inspector);
    this.services.regions.follow(inspector.panel);
    inspector.panel.onDidDispose(() => this.open.delete(inspector));
    return inspector;
  }
}
