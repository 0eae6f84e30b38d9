import { type Disposable, type TextDocument, commands as vscodeCommands, window } from "vscode";
import { contextKeys } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import type { DocumentMarks } from "../marks/documentMarks";
import { ClaimDecorations } from "./claimDecorations";
import type { ClaimMark } from "./claimMark";
import type { ClaimProbing } from "./claimProbing";

/** Rest between two drawings: marks of a selection change one by one. */
const frameMs = 16;

/** Draws the marks of visible editors, and tells menus whether there are any. */
export class ClaimView implements Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new Set<TextDocument>();
  private decorations = new ClaimDecorations(window.activeColorTheme.kind);
  private timer: NodeJS.Timeout | undefined;
  private readonly keys = new Map<string, boolean>();

  constructor(
    private readonly marks: DocumentMarks<ClaimMark>,
    private readonly probing: ClaimProbing,
  ) {
    for (const subscription of [
      marks.onDidChange((document) => {
        this.changed.add(document);
        this.timer ??= setTimeout(() => this.drawChanged(), frameMs);
      }),
      probing.onDidChange(() => this.tellMenus()),
      window.onDidChangeVisibleTextEditors(() => this.drawAll()),
      window.onDidChangeActiveTextEditor(() => this.tellMenus()),
      window.onDidChangeActiveColorTheme(({ kind }) => {
        this.decorations.dispose();
        this.decorations = new ClaimDecorations(kind);
        this.drawAll();
      }),
    ])
      this.store.add(subscription);
    this.drawAll();
    this.tellMenus();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.decorations.dispose();
    this.store.dispose();
  }

  private drawChanged(): void {
    this.timer = undefined;
    for (const editor of window.visibleTextEditors)
      if (this.changed.has(editor.document)) this.decorations.draw(editor, this.marks.of(editor.document));
    this.changed.clear();
    this.tellMenus();
  }

  private drawAll(): void {
    for (const editor of window.visibleTextEditors) this.decorations.draw(editor, this.marks.of(editor.document));
  }

  private tellMenus(): void {
    const document = window.activeTextEditor?.document;
    this.tell(contextKeys.claimsShown, document !== undefined && this.marks.of(document).length > 0);
    this.tell(contextKeys.claimsProbing, this.probing.progress !== undefined);
  }

  private tell(key: string, value: boolean): void {
    if (this.keys.get(key) === value) return;
    this.keys.set(key, value);
    vscodeCommands.executeCommand("setContext", key, value);
  }
}
