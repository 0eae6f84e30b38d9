import * as v from "valibot";
import { type Disposable, l10n, type TextDocument, type WebviewPanel, window } from "vscode";
import { contextKeys } from "../../contributions";
import { PanelSet } from "../runs/panelSet";
import { Drafts } from "./drafts";
import { ExplorerEditor } from "./explorerEditor";
import { ExplorerPanel } from "./explorerPanel";
import type { ExplorerServices } from "./explorerServices";

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

/** The explorers that are open, in panels and in editors of their files. */
export class Explorers implements Disposable {
  private readonly drafts: Drafts;
  private readonly open: PanelSet<ExplorerPanel | ExplorerEditor>;

  constructor(private readonly services: ExplorerServices) {
    this.drafts = new Drafts(services.drafts, services.log);
    this.open = new PanelSet(services.regions, contextKeys.explorerInFront);
    this.drafts.tidy().catch((error: unknown) => services.log.error("drafts not tidied", error));
  }

  /** Shows a panel, a new one where there is none. */
  async show(given: unknown): Promise<void> {
    // A menu hands over the resource it stands on, which is no request of this kind.
    const asked = v.safeParse(openArguments, given);
    const there = this.open.all.find((each) => each instanceof ExplorerPanel);
    const panel = there ?? this.adopt(ExplorerPanel.create(this.services, this.drafts));
    await panel.show(asked.success ? asked.output : {});
  }

  /** Takes over a panel that VS Code brought back after a reload. */
  restore(panel: WebviewPanel): void {
    this.adopt(new ExplorerPanel(panel, this.services, this.drafts));
  }

  /** A saved exploration, in its file's own editor. */
  openFile(document: TextDocument, panel: WebviewPanel): void {
    this.adopt(new ExplorerEditor(panel, document, this.services));
  }

  /** The explorer a command of the palette means. Throws UserError where none is open. */
  shown(): ExplorerPanel | ExplorerEditor {
    return this.open.shown(l10n.t("No explorer is open. “Promptscope: Open Next-Token Explorer” opens one."));
  }

  dispose(): void {
    this.open.dispose();
  }

  private adopt<T extends ExplorerPanel | ExplorerEditor>(explorer: T): T {
    this.open.adopt(explorer);
    if (explorer instanceof ExplorerPanel) explorer.onDidLose = (draft) => void this.offerBack(draft);
    return explorer;
  }

  private async offerBack(draft: string): Promise<void> {
    const reopen = l10n.t("Reopen");
    const chosen = await window.showInformationMessage(
      l10n.t("The exploration was closed without being saved."),
      reopen,
    );
    if (chosen !== reopen) return;
    this.adopt(ExplorerPanel.create(this.services, this.drafts)).reopen(draft);
  }
}
