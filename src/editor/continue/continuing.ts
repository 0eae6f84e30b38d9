import {
  type Disposable,
  Hover,
  l10n,
  languages,
  MarkdownString,
  type Position,
  Range,
  Selection,
  StatusBarAlignment,
  type TextDocument,
  type TextEditor,
  TextEditorRevealType,
  commands as vscodeCommands,
  window,
  workspace,
} from "vscode";
import { commands, contextKeys, internalCommands } from "../../contributions";
import { type Engine, EngineError, plainSampler } from "../../inference/engine";
import type { Models } from "../../models/models";
import { UserError } from "../../platform/commands";
import { setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import { Continuation, type Draw } from "./continuation";
import { continuationMarkdown, drawText, keysText, progressText } from "./continueText";
import { Ghost } from "./ghost";
import { fitted, type PlacePrompt, promptAt, written } from "./promptAt";

/** Left of the token count and of surprisal. */
const priority = 103;
/** Alternatives streamed with each token, for the hover. */
const topK = 6;
/** While tokens stream in, the ghost is drawn this often. */
const frameMs = 40;

interface Running {
  readonly editor: TextEditor;
  readonly place: PlacePrompt;
  readonly continuation: Continuation;
  readonly work: AbortController;
  /** Where the next accepted text goes. */
  at: Position;
  given: number | undefined;
}

/** A continuation drawn behind the cursor as it comes: accepted by token, word or all, drawn again, or dismissed. */
export class Continuing implements Disposable {
  private readonly store = new DisposableStore();
  private readonly ghost = this.store.add(new Ghost());
  private readonly item = this.store.add(
    window.createStatusBarItem("promptscope.continue", StatusBarAlignment.Right, priority),
  );
  private running: Running | undefined;
  /** The text is being changed by an acceptance. */
  private writing = false;
  /** The last acceptance's end. */
  private accepted: Promise<unknown> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly models: Models) {
    this.item.name = l10n.t("Promptscope continuation");
    this.item.command = commands.continueRedraw;
    for (const subscription of [
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === this.running?.editor.document && !this.writing) this.dismiss();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const { running } = this;
        if (!running || textEditor !== running.editor || this.writing) return;
        if (selections.length !== 1 || !selections[0]?.isEmpty || !selections[0].active.isEqual(running.at))
          this.dismiss();
      }),
      window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== this.running?.editor) this.dismiss();
      }),
      languages.registerHoverProvider("*", { provideHover: (document, position) => this.hover(document, position) }),
    ])
      this.store.add(subscription);
  }

  /** What has come so far of the continuation in progress. */
  get continuation(): Continuation | undefined {
    return this.running?.continuation;
  }

  /** Goes on from the cursor, or from an offset; resolves when the last token has come. */
  async start(wanted: { readonly offset?: number; readonly greedy?: boolean } = {}): Promise<void> {
    const editor = window.activeTextEditor;
    if (!editor) throw new UserError(l10n.t("Open a file and put the cursor where the model is to go on."));
    const { document } = editor;
    const at = wanted.offset === undefined ? editor.selection.active : document.positionAt(wanted.offset);
    const temperature = wanted.greedy ? 0 : setting("promptscope.continue.temperature", document);
    const maxTokens = setting("promptscope.continue.maxTokens", document);
    await this.run(editor, at, { seed: 1, temperature, maxTokens });
  }

  /** Draws again from where the accepted text ends, with the next seed or the one before. */
  async redraw(step: 1 | -1): Promise<void> {
    const { running } = this;
    if (!running) return;
    const { draw } = running.continuation;
    const temperature =
      draw.temperature === 0 ? setting("promptscope.continue.temperature", running.editor.document) : draw.temperature;
    await this.run(running.editor, running.at, { ...draw, temperature, seed: Math.max(1, draw.seed + step) });
  }

  /** Writes the next token, word or all of what has come: one step of undo. */
  accept(amount: "token" | "word" | "all"): Promise<void> {
    // One after the other: VS Code refuses an edit that was made before it told of the one before.
    const accepted = this.accepted.then(() => this.acceptNext(amount));
    this.accepted = accepted.catch(() => undefined); // whoever asked for it is told
    return accepted;
  }

  dismiss(): void {
    const { running } = this;
    if (!running) return;
    this.running = undefined;
    running.work.abort();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.ghost.clear(running.editor);
    this.item.hide();
    void vscodeCommands.executeCommand("setContext", contextKeys.continuing, false);
  }

  /** Puts another text in the place of a token and goes on from there. Refuses if the text there is another by now. */
  async replaceAndContinue(change: Replacement): Promise<void> {
    const { uri, start, end, expected, text, json } = change;
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri);
    if (!document) throw new UserError(l10n.t("The file is not open any more."));
    const range = new Range(document.positionAt(start), document.positionAt(end));
    if (document.getText(range) !== expected)
      throw new UserError(l10n.t("The text changed since it was scored: nothing was replaced. Hover over it again."));
    this.dismiss();
    const shown = window.visibleTextEditors.find((each) => each.document === document);
    const editor = await window.showTextDocument(document, shown?.viewColumn);
    const put = written(text, json);
    await replaceIn(editor, range, put);
    await this.start({ offset: start + lengthIn(document, put) });
  }

  dispose(): void {
    this.dismiss();
    this.store.dispose();
  }

  private async acceptNext(amount: "token" | "word" | "all"): Promise<void> {
    const { running } = this;
    if (!running) return;
    const { continuation } = running;
    const pieces = continuation.next(amount);
    if (pieces.length === 0) return;
    const text = pieces.map((piece) => piece.text).join("");
    await this.write(running, new Range(running.at, running.at), written(text, running.place.json));
    continuation.accept(pieces.length);
    if (amount === "all" && continuation.ended === undefined) running.work.abort();
    if (amount === "all" || continuation.spent) this.dismiss();
    else this.show();
  }

  private async run(editor: TextEditor, at: Position, draw: Draw): Promise<void> {
    this.dismiss();
    const { document } = editor;
    const place = promptAt(document.getText(), nameOf(document), document.offsetAt(at));
    const work = new AbortController();
    const running: Running = { editor, place, continuation: new Continuation(draw), work, at, given: undefined };
    editor.selection = new Selection(at, at);
    editor.revealRange(new Range(at, at), TextEditorRevealType.InCenterIfOutsideViewport);
    this.running = running;
    void vscodeCommands.executeCommand("editor.action.inlineSuggest.hide");
    await vscodeCommands.executeCommand("setContext", contextKeys.continuing, true);
    this.show();
    try {
      await this.stream(running);
    } catch (error) {
      if (work.signal.aborted) return;
      this.dismiss();
      throw error instanceof EngineError ? new UserError(error.message) : error;
    }
  }

  private async stream(running: Running): Promise<void> {
    const { place, continuation, work } = running;
    const { draw } = continuation;
    const id = this.models.defaultFor(place.role);
    const engine = await this.models.engine(id, { signal: work.signal });
    requireSamples(engine, place);
    const { prompt, given } = await fitted(engine, place.prompt, draw.maxTokens, work.signal);
    running.given = given;
    const request = {
      prompt,
      seeds: [draw.seed],
      sampler: { ...plainSampler, temperature: draw.temperature },
      maxTokens: draw.maxTokens,
      topK: alternativesOf(engine),
    };
    for await (const event of engine.sample(request, work.signal)) {
      if (work.signal.aborted) return;
      if (event.kind === "token") continuation.add(event.token);
      else continuation.end(event.reason);
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.show();
      }, frameMs);
    }
    if (continuation.ended === undefined) continuation.end("maxTokens");
    this.show();
  }

  private show(): void {
    const { running } = this;
    if (!running) return;
    const { continuation } = running;
    this.ghost.draw(running.editor, running.at, continuation.pieces);
    const busy = continuation.ended === undefined;
    this.item.text = `${busy ? "$(loading~spin)" : "$(pencil)"} ${progressText(continuation)}`;
    const name = this.models.get(this.models.defaultFor(running.place.role))?.name ?? "";
    this.item.tooltip = new MarkdownString()
      .appendText(`${name}: ${drawText(continuation.draw)}`)
      .appendMarkdown("\n\n")
      .appendText(keysText());
    this.item.accessibilityInformation = {
      label: `${progressText(continuation)}. ${continuation.pieces.map(({ text }) => text).join("")}`,
      role: "button",
    };
    this.item.show();
  }

  private async write(running: Running, range: Range, text: string): Promise<void> {
    const { editor } = running;
    const start = editor.document.offsetAt(range.start);
    this.writing = true;
    try {
      await replaceIn(editor, range, text);
      const at = editor.document.positionAt(start + lengthIn(editor.document, text));
      running.at = at;
      editor.selection = new Selection(at, at);
      // The event of this selection comes after this turn; it must find the place it is told of.
    } finally {
      this.writing = false;
    }
  }

  private hover(document: TextDocument, position: Position): Hover | undefined {
    const { running } = this;
    if (!running || document !== running.editor.document || !position.isEqual(running.at)) return undefined;
    const { continuation, given } = running;
    if (continuation.pieces.length === 0) return undefined;
    const at = document.offsetAt(position);
    const take = (text: string): string => {
      const change: Replacement = {
        uri: document.uri.toString(),
        start: at,
        end: at,
        expected: "",
        text,
        json: running.place.json,
      };
      return `command:${internalCommands.replaceAndContinue}?${encodeURIComponent(JSON.stringify([change]))}`;
    };
    const markdown = new MarkdownString(continuationMarkdown(continuation, { given, take }));
    markdown.supportHtml = true;
    markdown.isTrusted = { enabledCommands: [internalCommands.replaceAndContinue] };
    return new Hover(markdown, new Range(position, position));
  }
}

/** What a link in a hover asks for: offsets in the file, and the text that stands there. */
export interface Replacement {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly expected: string;
  readonly text: string;
  readonly json: boolean;
}

async function replaceIn(editor: TextEditor, range: Range, text: string): Promise<void> {
  const done = await editor.edit((edit) => edit.replace(range, text), { undoStopBefore: true, undoStopAfter: true });
  if (!done) throw new UserError(l10n.t("The file could not be changed: it may be read-only."));
}

/** A file with CRLF line ends gets them for every line end written. */
function lengthIn(document: TextDocument, text: string): number {
  return document.eol === 2 ? text.replace(/\r\n|\r|\n/g, "\r\n").length : text.replace(/\r\n|\r/g, "\n").length;
}

function alternativesOf({ capabilities }: Engine): number {
  const { sampleLogProbs } = capabilities;
  return sampleLogProbs.available ? Math.min(topK, sampleLogProbs.topK) : 0;
}

function requireSamples({ capabilities, model }: Engine, { role }: PlacePrompt): void {
  const missing = [capabilities.sample, role === "chat" ? capabilities.chat : capabilities.completion].find(
    ({ available }) => !available,
  );
  if (missing && !missing.available)
    throw new EngineError(
      "unsupported",
      l10n.t("{0} cannot go on here: {1} Choose another model in the Models view.", model.name, missing.reason),
    );
}

/** Untitled documents have no ending: their language stands for it. */
function nameOf({ uri, languageId, isUntitled }: TextDocument): string {
  return isUntitled ? `untitled.${languageId}` : (uri.path.split("/").at(-1) ?? "");
}
