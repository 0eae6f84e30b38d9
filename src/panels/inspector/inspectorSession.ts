import { type Disposable, env, l10n, workspace } from "vscode";
import type {
  ChatSettings,
  Configuration,
  Details,
  OpenRequest,
  Page,
  panelContract,
  Span,
  Summary,
} from "../../../webview/inspector/protocol";
import { DisposableStore } from "../../platform/disposables";
import type { Remote } from "../../rpc/rpc";
import { EditorLink, rangeOf } from "../editorLink";
import { ChatText, templateChoices } from "./chatText";
import { choices } from "./choices";
import { copyable } from "./copying";
import { detailsOf } from "./details";
import { countDifferences, differenceAfter, differenceBefore } from "./differences";
import type { InspectorServices } from "./inspectorServices";
import { pageOf } from "./pages";
import type { ReadableTokens } from "./readable";
import { type ShownLane, ShownText, type TextOrigin } from "./shownText";
import { SpecialIds } from "./specialIds";
import { summaryOf } from "./summaries";
import { VocabularyBrowser } from "./vocabularyBrowser";

/** How long changes gather before the panel hears of them: one frame, and a little more for a moving selection. */
const frameMs = 16;
const selectionMs = 60;
/** Time between two words on how far a long count has come. */
const progressMs = 100;

/** What one inspector panel shows, kept up to date with the editor; answers the panel's calls. */
export class InspectorSession implements Disposable {
  private readonly store = new DisposableStore();
  private readonly link = this.store.add(new EditorLink());
  private readonly special = new SpecialIds();
  readonly vocabulary: VocabularyBrowser;
  private readonly chat: ChatText;
  private configuration: Configuration = { source: "file", tokenizers: [""] };
  private typed = "";
  private shown: ShownText | undefined;
  private base = 0;
  private problem: string | null = null;
  private version = 0;
  private told: NodeJS.Timeout | undefined;
  private moved: NodeJS.Timeout | undefined;
  private pending: OpenRequest | null = null;
  private started = false;

  constructor(
    private readonly services: InspectorServices,
    private readonly panel: Remote<typeof panelContract>,
  ) {
    this.vocabulary = this.store.add(new VocabularyBrowser(services));
    this.chat = new ChatText(services);
    this.store.add(this.link.onDidChangeDocument(() => (this.linked || this.derived) && this.rebuild()));
    this.store.add(this.link.onDidChangeSelection((selection) => this.followCursor(selection)));
    this.store.add(
      services.tokenizers.onDidChangeSelection(() => {
        if (this.started) this.panel.tell("choices", choices(services, this.link.document).choices);
        this.rebuild();
      }),
    );
    this.store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (this.derived && document === this.link.document && contentChanges.length > 0) this.rebuildSoon();
      }),
    );
  }

  /** Asks the panel to show something, now or as soon as it has started. */
  async open(request: OpenRequest, uri: string | undefined): Promise<void> {
    if (uri !== undefined) await this.link.link(uri);
    if (this.started) this.panel.tell("open", request);
    else this.pending = request;
  }

  async start({ uri, typed }: { uri: string | null; typed: string }) {
    this.typed = typed;
    if (uri !== null && !this.started && !(await this.link.link(uri))) this.problem = goneMessage(uri);
    this.started = true;
    const request = this.pending;
    this.pending = null;
    return { ...choices(this.services, this.link.document), templates: templateChoices(), request };
  }

  configure(configuration: Configuration): void {
    this.configuration = configuration;
    if (!this.linked) this.link.highlight(undefined);
    this.rebuild();
  }

  setTyped(text: string): void {
    this.typed = text;
    if (this.configuration.source === "typed") this.rebuild();
  }

  editTyped(edit: { length: number; offset: number; deleted: number; inserted: string }): boolean {
    if (edit.length !== this.typed.length || edit.offset + edit.deleted > edit.length) return false;
    this.typed = this.typed.slice(0, edit.offset) + edit.inserted + this.typed.slice(edit.offset + edit.deleted);
    if (this.configuration.source === "typed" && !this.shown?.edit(edit)) this.rebuild();
    return true;
  }

  page(index: number): Page {
    const { readable, whole } = this.readable();
    return pageOf(whole ? readable : [], index, this.version, (lane, token) =>
      this.showsChat ? this.chat.markOf(token) : this.special.mark(lane, token),
    );
  }

  details({ lane, index }: { lane: number; index: number }): Details | null {
    const tokens = this.readable().readable[lane];
    if (!tokens) return null;
    const document = this.linked && this.link.document;
    return detailsOf(tokens, index, this.special.has(tokens, index), (offset) =>
      document ? document.positionAt(this.base + offset) : null,
    );
  }

  async difference({ from, direction }: { from: number; direction: 1 | -1 }): Promise<Span | null> {
    const find = direction === 1 ? differenceAfter : differenceBefore;
    return find(this.readable().readable, from, this.whileUnchanged());
  }

  async differences() {
    const { version } = this;
    const unchanged = this.whileUnchanged();
    let told = performance.now();
    const counted = await countDifferences(this.readable().readable, (reached) => {
      if (performance.now() - told > progressMs) {
        told = performance.now();
        this.panel.tell("comparing", { version, reached });
      }
      return unchanged();
    });
    return counted && { version, ...counted };
  }

  highlight(span: Span | null): void {
    if (this.linked) this.link.highlight(span ? this.inDocument(span) : undefined);
  }

  async reveal(span: Span, select: boolean): Promise<void> {
    if (!this.linked) return;
    this.link.highlight(this.inDocument(span));
    await this.link.reveal(this.inDocument(span), select);
  }

  async copy(format: "ids" | "json"): Promise<number> {
    const tokens = this.readable().readable[0];
    if (!tokens) return 0;
    await env.clipboard.writeText(await copyable(tokens, format));
    return tokens.tokenCount;
  }

  copyText(text: string): Thenable<void> {
    return env.clipboard.writeText(text);
  }

  setChat(settings: ChatSettings): void {
    this.chat.set(settings);
    if (this.showsChat) this.rebuild();
  }

  dispose(): void {
    clearTimeout(this.told);
    clearTimeout(this.moved);
    this.link.highlight(undefined);
    this.shown?.dispose();
    this.store.dispose();
  }

  /** Whether the shown text lies in the linked document. */
  private get linked(): boolean {
    return this.configuration.source === "file" || this.configuration.source === "selection";
  }

  private get showsChat(): boolean {
    return this.configuration.source === "chat";
  }

  /** Whether an edit or a moved cursor in the linked document shows a text that is not its tokens as they are kept. */
  private get derived(): boolean {
    return this.configuration.source === "selection" || (this.showsChat && this.chat.fromFile);
  }

  private readable(): { readable: readonly ReadableTokens[]; whole: boolean } {
    if (this.showsChat) {
      const { tokens } = this.chat;
      return { readable: tokens ? [tokens] : [], whole: tokens !== undefined };
    }
    const readable = this.shown?.readable ?? [];
    return { readable, whole: readable.length === this.shown?.lanes.length };
  }

  private rebuild(): void {
    if (!this.started) return;
    clearTimeout(this.moved);
    this.shown?.dispose();
    this.shown = undefined;
    this.version++;
    if (this.showsChat) {
      this.renderChat();
      return;
    }
    const origin = this.origin();
    if (origin) {
      this.shown = new ShownText(
        origin,
        this.configuration.tokenizers,
        this.services.tokenizers,
        this.services.documents,
        { edited: () => this.edited(), grown: () => this.tellSoon() },
        this.link.document,
      );
    }
    this.tellSoon();
  }

  private renderChat(): void {
    const { document, selection } = this.link;
    this.chat.render(this.configuration.tokenizers[0] ?? "", document, selection.start).then(
      () => this.edited(),
      (error: unknown) => {
        this.chat.problem = error instanceof Error ? error.message : String(error);
        this.services.log.error("chat not rendered", error);
        this.edited();
      },
    );
  }

  /** Sets `base` and `problem` too. */
  private origin(): TextOrigin | undefined {
    this.base = 0;
    const { document, selection } = this.link;
    if (this.configuration.source === "typed") {
      this.problem = null;
      return { kind: "own", text: this.typed };
    }
    if (!document) {
      this.problem ??= l10n.t("No file is open. Open one in an editor, or choose “Typed text” and write it here.");
      return undefined;
    }
    if (this.configuration.source === "selection" && selection.start < selection.end) {
      this.problem = null;
      this.base = selection.start;
      return { kind: "own", text: document.getText(rangeOf(document, selection)) };
    }
    this.problem = refusalMessage(this.services.documents.refusal(document));
    return this.problem === null ? { kind: "document", document } : undefined;
  }

  private edited(): void {
    this.version++;
    this.tellSoon();
  }

  private tellSoon(): void {
    this.told ??= setTimeout(() => {
      this.told = undefined;
      this.panel.tell("summary", this.summary());
    }, frameMs);
  }

  private rebuildSoon(): void {
    clearTimeout(this.moved);
    this.moved = setTimeout(() => this.rebuild(), selectionMs);
  }

  private summary(): Summary {
    const { document } = this.link;
    const chat = this.showsChat;
    return summaryOf({
      version: this.version,
      source: this.configuration.source,
      document: this.linked || this.derived ? document : undefined,
      selected: this.shown?.origin.kind === "own" && this.configuration.source === "selection",
      lanes: chat ? this.chatLanes() : (this.shown?.lanes ?? []),
      length: chat ? (this.chat.tokens?.length ?? 0) : (this.shown?.length ?? 0),
      chat: chat ? this.chat.summary : null,
      problem: chat ? this.chat.problem : this.problem,
    });
  }

  private chatLanes(): ShownLane[] {
    const { lane, tokens } = this.chat;
    return lane ? [{ ...lane, ...(tokens && { tokens }) }] : [];
  }

  private followCursor(selection: Span): void {
    if (this.derived) this.rebuildSoon();
    if (!this.linked || (this.configuration.source === "selection" && selection.start !== selection.end)) return;
    const token = this.readable().readable[0]?.tokenAt(selection.start - this.base);
    if (token) this.panel.tell("cursor", { index: token.index, offset: token.start });
  }

  private inDocument({ start, end }: Span): Span {
    return { start: this.base + start, end: this.base + end };
  }

  /** Yields to the event loop; false once the text has changed. */
  private whileUnchanged(): () => Promise<boolean> {
    const { version } = this;
    return () => new Promise((resolve) => setImmediate(() => resolve(version === this.version)));
  }
}

function goneMessage(uri: string): string {
  const name = uri.split("/").at(-1) ?? uri;
  return l10n.t("{0} cannot be opened any more. Open another file, or choose “Typed text”.", name);
}

function refusalMessage(refusal: "tooLarge" | "binary" | undefined): string | null {
  if (refusal === "binary") return l10n.t("This file looks binary, so there is no text to tokenize.");
  if (refusal === "tooLarge")
    return l10n.t(
      "This file is larger than the setting promptscope.files.maxSizeMB allows, so it is not tokenized. Select a part of it and choose “Selection”.",
    );
  return null;
}
