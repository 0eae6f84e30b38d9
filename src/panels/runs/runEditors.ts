import { l10n, type TextDocument, type WebviewPanel, window } from "vscode";
import { customEditors } from "../../contributions";
import { UserError } from "../../platform/commands";
import { DisposableStore } from "../../platform/disposables";

/** Shows a saved run in its file's own editor. */
export type OpenRunFile = (document: TextDocument, panel: WebviewPanel) => void | Promise<void>;

/** The editor of saved runs: each kind of experiment has a panel of its own. */
export class RunEditors extends DisposableStore {
  private readonly kinds = new Map<string, OpenRunFile>();

  constructor() {
    super();
    this.add(
      window.registerCustomEditorProvider(customEditors.run, {
        resolveCustomTextEditor: (document: TextDocument, panel: WebviewPanel) => this.open(document, panel),
      }),
    );
  }

  /** Files of that kind are opened so from now on. */
  register(kind: string, open: OpenRunFile): void {
    this.kinds.set(kind, open);
  }

  /** What is no run at all is left to the text editor: the error offers it. */
  private async open(document: TextDocument, panel: WebviewPanel): Promise<void> {
    const { readHeader } = await import("../../experiments/runFile");
    const { kind } = readHeader(document.lineAt(0).text);
    const open = this.kinds.get(kind);
    if (!open) {
      throw new UserError(
        l10n.t(
          "This run is of the kind “{0}”, which this version of Promptscope has no panel for. Open it as text.",
          kind,
        ),
      );
    }
    await open(document, panel);
  }
}
