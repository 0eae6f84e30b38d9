import {
  type Disposable,
  EventEmitter,
  Range,
  Selection,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  ThemeColor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { Span } from "../../webview/inspector/protocol";
import { DisposableStore } from "../platform/disposables";

/** Documents that are files or texts of a person's own; output channels and the like are not. */
const ignoredSchemes = new Set(["output", "comment", "vscode-scm", "search-editor"]);

/** The editor a panel is linked to: the last one that was active, with its selection, and a mark drawn in it. */
export class EditorLink implements Disposable {
  private readonly store = new DisposableStore();
  private readonly documentEmitter = this.store.add(new EventEmitter<void>());
  private readonly selectionEmitter = this.store.add(new EventEmitter<Span>());
  private readonly mark = this.store.add(
    window.createTextEditorDecorationType({
      backgroundColor: new ThemeColor("editor.findMatchHighlightBackground"),
      borderColor: new ThemeColor("focusBorder"),
      borderStyle: "solid",
      borderWidth: "1px",
      overviewRulerColor: new ThemeColor("focusBorder"),
    }),
  );

  /** Fires when another document is linked, or none. */
  readonly onDidChangeDocument = this.documentEmitter.event;
  /** Fires with the main selection in document offsets when it moves in the linked document. */
  readonly onDidChangeSelection = this.selectionEmitter.event;

  document: TextDocument | undefined;
  /** Of the last linked editor; empty spans are cursors. */
  selection: Span = { start: 0, end: 0 };

  constructor() {
    this.take(window.activeTextEditor ?? window.visibleTextEditors.find(linkable));
    this.store.add(window.onDidChangeActiveTextEditor((editor) => this.take(editor)));
    this.store.add(
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor.document !== this.document) return;
        this.selection = spanOf(textEditor);
        this.selectionEmitter.fire(this.selection);
      }),
    );
    this.store.add(
      workspace.onDidCloseTextDocument((document) => {
        if (document !== this.document) return;
        this.document = undefined;
        this.take(window.activeTextEditor ?? window.visibleTextEditors.find(linkable));
        this.documentEmitter.fire();
      }),
    );
  }

  /** Links the document with that address, if it is open or can be opened. Returns whether it could. */
  async link(uri: string): Promise<boolean> {
    const wanted = Uri.parse(uri);
    if (this.document?.uri.toString() === wanted.toString()) return true;
    const open = window.visibleTextEditors.find(({ document }) => document.uri.toString() === wanted.toString());
    if (open) {
      this.take(open);
      return true;
    }
    const document = await workspace.openTextDocument(wanted).then(
      (opened) => opened,
      () => undefined, // gone since: the caller says so
    );
    if (!document) return false;
    this.document = document;
    this.selection = { start: 0, end: 0 };
    this.documentEmitter.fire();
    return true;
  }

  /** Where a file covers no panel: in the linked editor's column, or else beside. */
  get column(): ViewColumn {
    return this.editors()[0]?.viewColumn ?? ViewColumn.Beside;
  }

  /** Draws the mark around a range of the document in all its editors; undefined takes it away. */
  highlight(span: Span | undefined): void {
    for (const editor of this.editors()) {
      editor.setDecorations(this.mark, span ? [rangeOf(editor.document, span)] : []);
    }
  }

  /** Scrolls the range into view; with `select` it also becomes the selection of a focused editor. */
  async reveal(span: Span, select: boolean): Promise<void> {
    const { document } = this;
    if (!document) return;
    const range = rangeOf(document, span);
    const visible = this.editors();
    for (const editor of visible) editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
    if (!select) return;
    const editor = await window.showTextDocument(document, {
      ...(visible[0]?.viewColumn !== undefined && { viewColumn: visible[0].viewColumn }),
      preserveFocus: false,
    });
    editor.selection = new Selection(range.start, range.end);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }

  dispose(): void {
    this.store.dispose();
  }

  private editors(): TextEditor[] {
    return window.visibleTextEditors.filter(({ document }) => document === this.document);
  }

  private take(editor: TextEditor | undefined): void {
    if (!editor || !linkable(editor)) return;
    const changed = editor.document !== this.document;
    if (changed) this.highlight(undefined);
    this.document = editor.document;
    this.selection = spanOf(editor);
    if (changed) this.documentEmitter.fire();
    else this.selectionEmitter.fire(this.selection);
  }
}

function linkable({ document }: TextEditor): boolean {
  return !ignoredSchemes.has(document.uri.scheme);
}

function spanOf({ document, selection }: TextEditor): Span {
  return { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
}

/** Offsets as positions. */
export function rangeOf(document: TextDocument, { start, end }: Span): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}
