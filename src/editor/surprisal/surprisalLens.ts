import {
  type Disposable,
  type Event,
  EventEmitter,
  type Memento,
  type TextDocument,
  type TextEditor,
  commands as vscodeCommands,
  window,
  workspace,
} from "vscode";
import { contextKeys } from "../../contributions";
import type { Models } from "../../models/models";
import { SettingsWatch, setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import { onDidReallyClose } from "../../platform/documents";
import type { Log } from "../../platform/log";
import { isBystander } from "../../tokens/documentText";
import type { LineRange } from "../lens/bands";
import type { TokenLens } from "../lens/tokenLens";
import { covers, DocumentLines, rangesToDraw } from "../lens/visibleLines";
import { SurprisalDecorations } from "./decorations";
import { surprisalDrawing } from "./drawing";
import { DocumentScoring } from "./scoring";
import type { FileRange } from "./subjects";

/** The token lens was on before this one took its place. */
const stateKey = "promptscope.surprisal.insteadOfTokens";
/** A drawing slower than a frame is written to the log. */
const frameMs = 16;
/** Hidden documents whose scores are kept. */
const mostHidden = 8;

/**
 * Tints the tokens of every visible editor by how surprising a model finds them, while it is on. It takes the token
 * lens's place and gives it back; it is off in a new window, since it starts a model.
 */
export class SurprisalLens implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private readonly scorings = new Map<TextDocument, { readonly scoring: DocumentScoring; readonly end: Disposable }>();
  private readonly drawn = new Map<TextEditor, readonly LineRange[]>();
  private decorations = new SurprisalDecorations(window.activeColorTheme.kind);
  private isOn = false;
  /** Tokens are turned off and on by this lens itself. */
  private switching = false;
  private showBits = setting("promptscope.lens.lineCounts");
  private defaults: string;

  /** Fires when the lens was turned on or off, and when a visible document's scores or their state changed. */
  readonly onDidChange: Event<void> = this.emitter.event;

  constructor(
    private readonly models: Models,
    private readonly tokens: TokenLens,
    private readonly state: Memento,
    private readonly log: Log,
  ) {
    this.defaults = this.defaultModels();
    const settings = this.store.add(
      new SettingsWatch([
        "promptscope.lens.lineCounts",
        "promptscope.surprisal.topK",
        "promptscope.surprisal.maxTokens",
      ]),
    );
    for (const subscription of [
      settings.onDidChange((id) => {
        this.showBits = setting("promptscope.lens.lineCounts");
        if (id === "promptscope.lens.lineCounts") this.redrawAll();
        else this.restart();
      }),
      window.onDidChangeVisibleTextEditors(() => this.follow()),
      window.onDidChangeActiveTextEditor(() => this.emitter.fire()),
      window.onDidChangeActiveColorTheme(() => this.changeTheme()),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => this.scrolled(textEditor)),
      onDidReallyClose((document) => this.forget(document)),
      // Whether an untitled text is a chat is said by its language, whose change VS Code reports as opening.
      workspace.onDidOpenTextDocument((document) => {
        if (document.isUntitled) this.scoringOf(document)?.start();
      }),
      models.onDidChange(() => this.modelsChanged()),
      tokens.onDidToggle(() => {
        if (tokens.on && this.isOn && !this.switching) void this.turn(false);
      }),
    ])
      this.store.add(subscription);
    // A window that was closed with this lens on has the token lens off.
    if (state.get<boolean>(stateKey)) void this.giveBack();
  }

  get on(): boolean {
    return this.isOn;
  }

  scoringOf(document: TextDocument | undefined): DocumentScoring | undefined {
    return document && this.scorings.get(document)?.scoring;
  }

  /** The scores of the active editor. */
  get active(): DocumentScoring | undefined {
    return this.scoringOf(window.activeTextEditor?.document);
  }

  async turn(on: boolean): Promise<void> {
    if (on === this.isOn) return;
    this.isOn = on;
    await vscodeCommands.executeCommand("setContext", contextKeys.surprisalOn, on);
    if (on && this.tokens.on) {
      await this.state.update(stateKey, true);
      await this.switchTokens(false);
    } else if (!on) await this.giveBack();
    this.follow();
    this.emitter.fire();
  }

  /** Scores a part of a document; the whole of it with undefined. */
  async select(document: TextDocument, range: FileRange | undefined): Promise<void> {
    const known = this.scoringOf(document);
    if (known) known.select(range);
    else if (range) this.begin(document, range);
    await this.turn(true);
    this.follow();
  }

  dispose(): void {
    for (const document of [...this.scorings.keys()]) this.forget(document);
    this.decorations.dispose();
    this.store.dispose();
  }

  private async giveBack(): Promise<void> {
    if (!this.state.get<boolean>(stateKey)) return;
    await this.state.update(stateKey, undefined);
    await this.switchTokens(true);
  }

  private async switchTokens(on: boolean): Promise<void> {
    this.switching = true;
    try {
      await this.tokens.turn(on);
    } finally {
      this.switching = false;
    }
  }

  /** Scores what has become visible. What is hidden keeps its scores for a while, for a change of tabs and back. */
  private follow(): void {
    const visible = this.isOn ? window.visibleTextEditors.filter(({ document }) => !isBystander(document)) : [];
    const documents = new Set(visible.map(({ document }) => document));
    const hidden = [...this.scorings.keys()].filter((document) => !documents.has(document));
    for (const document of this.isOn ? hidden.slice(0, -mostHidden) : hidden) this.forget(document);
    for (const document of documents) if (!this.scorings.has(document)) this.begin(document, undefined);
    for (const editor of [...this.drawn.keys()])
      if (!visible.includes(editor)) {
        this.drawn.delete(editor);
        this.decorations.clear(editor);
      }
    this.redrawAll();
  }

  private begin(document: TextDocument, range: FileRange | undefined): void {
    const scoring = new DocumentScoring(document, this.models, this.log, range);
    const end = scoring.onDidChange(() => {
      for (const editor of window.visibleTextEditors) if (editor.document === document) this.redraw(editor);
      this.emitter.fire();
    });
    this.scorings.set(document, { scoring, end });
  }

  private forget(document: TextDocument): void {
    const known = this.scorings.get(document);
    known?.end.dispose();
    known?.scoring.dispose();
    this.scorings.delete(document);
  }

  private restart(): void {
    for (const { scoring } of this.scorings.values()) scoring.select(scoring.scope);
  }

  private defaultModels(): string {
    return `${this.models.defaultFor("base")} ${this.models.defaultFor("chat")}`;
  }

  private modelsChanged(): void {
    const defaults = this.defaultModels();
    if (defaults === this.defaults) return;
    this.defaults = defaults;
    this.restart();
  }

  private changeTheme(): void {
    this.decorations.dispose();
    this.decorations = new SurprisalDecorations(window.activeColorTheme.kind);
    this.redrawAll();
  }

  private scrolled(editor: TextEditor): void {
    const drawn = this.drawn.get(editor);
    if (drawn && !covers(drawn, editor.visibleRanges)) this.redraw(editor);
    this.scoringOf(editor.document)?.scrolled();
  }

  private redrawAll(): void {
    for (const editor of window.visibleTextEditors) this.redraw(editor);
  }

  private redraw(editor: TextEditor): void {
    const scoring = this.isOn ? this.scoringOf(editor.document) : undefined;
    if (!scoring) {
      if (this.drawn.delete(editor)) this.decorations.clear(editor);
      return;
    }
    const start = performance.now();
    const text = new DocumentLines(editor.document);
    const ranges = rangesToDraw(editor.visibleRanges, text.lineCount);
    const drawing = surprisalDrawing(scoring.tokens, text, ranges);
    this.decorations.draw(editor, this.showBits ? drawing : { ...drawing, lineBits: [] });
    this.drawn.set(editor, ranges);
    const ms = performance.now() - start;
    if (ms > frameMs) this.log.warn("slow drawing of surprisal", { ms: Math.round(ms * 100) / 100 });
  }
}
