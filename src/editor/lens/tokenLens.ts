import { type Disposable, type Event, EventEmitter, type Memento, type TextEditor, window, workspace } from "vscode";
import { SettingsWatch, setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import type { LiveDocument } from "../../tokens/liveDocument";
import type { LiveDocuments } from "../../tokens/liveDocuments";
import type { TokenizerService } from "../../tokens/tokenizerService";
import type { LineRange } from "./bands";
import { LensDecorations } from "./decorations";
import { drawing, type LensOptions } from "./drawing";
import { covers, DocumentLines, rangesToDraw } from "./visibleLines";

const stateKey = "promptscope.lens.on";
/** A drawing slower than a frame is written to the log. */
const frameMs = 16;

interface Drawn {
  readonly live: LiveDocument;
  readonly version: number;
  readonly ranges: readonly LineRange[];
  /** All tokens in `ranges` were known. */
  readonly whole: boolean;
}

/** Draws the tokens of every visible editor while it is on. On or off is remembered by workspace. */
export class TokenLens implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  /** What was drawn last; an editor that is not here shows nothing. */
  private readonly drawn = new Map<TextEditor, Drawn>();
  private options = readOptions();
  private decorations = new LensDecorations(window.activeColorTheme.kind);

  /** Fires when the lens was turned on or off. */
  readonly onDidToggle: Event<void> = this.emitter.event;

  constructor(
    private readonly documents: LiveDocuments,
    private readonly tokenizers: TokenizerService,
    private readonly state: Memento,
    private readonly log: Log,
  ) {
    const redrawAll = (): void => this.redrawAll();
    const settings = this.store.add(
      new SettingsWatch([
        "promptscope.lens.startOn",
        "promptscope.lens.mode",
        "promptscope.lens.whitespace",
        "promptscope.lens.lineCounts",
        "promptscope.files.maxSizeMB",
      ]),
    );
    for (const subscription of [
      settings.onDidChange(() => {
        this.options = readOptions();
        this.redrawAll();
      }),
      tokenizers.onDidChangeSelection(redrawAll),
      tokenizers.onDidLoad(redrawAll),
      window.onDidChangeVisibleTextEditors(redrawAll),
      workspace.onDidOpenTextDocument(redrawAll),
      window.onDidChangeActiveColorTheme(() => this.changeTheme()),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.scrolled(textEditor)),
      documents.onDidChange((live) => this.changed(live)),
    ])
      this.store.add(subscription);
    redrawAll();
  }

  get on(): boolean {
    return this.state.get<boolean>(stateKey) ?? this.options.startOn;
  }

  async turn(on: boolean): Promise<void> {
    await this.state.update(stateKey, on);
    this.redrawAll();
    this.emitter.fire();
  }

  dispose(): void {
    this.decorations.dispose();
    this.store.dispose();
  }

  private redrawAll(): void {
    const visible = new Set(window.visibleTextEditors);
    for (const editor of this.drawn.keys()) if (!visible.has(editor)) this.drawn.delete(editor);
    for (const editor of visible) this.redraw(editor);
  }

  private changeTheme(): void {
    this.decorations.dispose();
    this.decorations = new LensDecorations(window.activeColorTheme.kind);
    this.redrawAll();
  }

  private scrolled(editor: TextEditor): void {
    const drawn = this.drawn.get(editor);
    if (!drawn || !covers(drawn.ranges, editor.visibleRanges)) this.redraw(editor);
  }

  private changed(live: LiveDocument): void {
    for (const editor of window.visibleTextEditors) {
      if (editor.document !== live.document) continue;
      if (live.tokenizer.name !== this.tokenizers.selectionFor(live.document).tokenizer) continue;
      const drawn = this.drawn.get(editor);
      const filledElsewhere = drawn?.live === live && drawn.whole && drawn.version === live.document.version;
      if (!filledElsewhere) this.redraw(editor);
    }
  }

  private redraw(editor: TextEditor): void {
    const { document } = editor;
    const live = this.on ? this.documents.get(document) : undefined;
    if (!live) {
      if (this.drawn.delete(editor)) this.decorations.clear(editor);
      if (this.on) this.tokenizers.request(this.tokenizers.selectionFor(document).tokenizer);
      return;
    }
    // Between an edit and its encoding a slow tokenizer has no tokens; what is drawn moves with the text till then.
    if (!live.tokenizer.fast && !live.complete) return;
    const start = performance.now();
    const text = new DocumentLines(document);
    const ranges = rangesToDraw(editor.visibleRanges, text.lineCount);
    this.decorations.draw(editor, drawing(live.tokens, text, ranges, this.options));
    const end = Math.max(
      0,
      ...ranges.map(({ to }) => (to + 1 < text.lineCount ? text.startOf(to + 1) : live.tokens.length)),
    );
    const whole = live.complete || live.tokens.filledTo > end;
    this.drawn.set(editor, { live, version: document.version, ranges, whole });
    const ms = performance.now() - start;
    const slow = ms > frameMs;
    this.log[slow ? "warn" : "debug"](slow ? "slow drawing" : "drawn", { ms: Math.round(ms * 100) / 100 });
  }
}

/** Kept between drawings: reading settings takes VS Code a good part of a millisecond. */
function readOptions(): LensOptions & { readonly startOn: boolean } {
  return {
    startOn: setting("promptscope.lens.startOn"),
    mode: setting("promptscope.lens.mode"),
    whitespace: setting("promptscope.lens.whitespace"),
    lineCounts: setting("promptscope.lens.lineCounts"),
  };
}
