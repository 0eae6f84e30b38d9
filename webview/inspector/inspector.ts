import type { TemplateResult } from "lit";
import { connect, type Remote } from "../../src/rpc/rpc";
import { DrawnPanel } from "../ui/drawnPanel";
import { plural } from "../ui/format";
import type { StripToken, TokenStrip } from "../ui/tokenStrip";
import type { Host } from "../ui/vscodeApi";
import { mark, nameOf } from "./comparison";
import { keys } from "./keys";
import { page } from "./page";
import {
  type Choice,
  type Details,
  hostContract,
  type Mode,
  type OpenRequest,
  type PanelState,
  panelContract,
  type Summary,
  type TemplateChoice,
  type VocabularyResult,
} from "./protocol";
import { editBetween, keepable, restored } from "./state";

/** Typed text is sent, and searches start, this long after the last key, milliseconds. */
const typingMs = 60;
const searchMs = 150;

/** The inspector as the person left it, what the extension says of it, and what can be done. Draws after each change. */
export class Inspector extends DrawnPanel {
  state: PanelState;
  choices: readonly Choice[] = [];
  templates: readonly TemplateChoice[] = [];
  summary: Summary | undefined;
  details: Details | undefined;
  differences: { version: number; places: number; shared: number; borders: number } | undefined;
  /** How far differences have been counted, UTF-16 units. */
  compared: { version: number; reached: number } | undefined;
  found: VocabularyResult | undefined;
  searching = false;

  readonly host: Remote<typeof hostContract>;
  private sentTyped = "";
  private typing: number | undefined;
  private search: number | undefined;
  private comparing = 0;
  /** Version of the text whose tokens were all there when last told. */
  private settledVersion: number | undefined;

  constructor(
    root: HTMLElement,
    private readonly api: Host,
  ) {
    super(root);
    this.state = restored(api.getState());
    this.sentTyped = this.state.typed;
    this.host = connect(
      panelContract,
      {
        summary: (summary) => this.take(summary),
        cursor: ({ index, offset }) => this.followCursor(index, offset),
        open: (request) => this.open(request),
        choices: (choices) => {
          this.choices = choices;
          this.draw();
        },
        comparing: (compared) => {
          this.compared = compared;
          this.draw();
        },
      },
      hostContract,
      api,
      (error) => this.fail(error),
    );
  }

  async start(): Promise<void> {
    this.draw();
    const { uri, typed } = this.state;
    const { choices, compared, templates, request } = await this.host.call("start", { uri, typed });
    this.choices = choices;
    this.templates = templates;
    if (this.state.compared.length === 0) this.state = { ...this.state, compared };
    if (this.state.vocabulary.tokenizer === "") this.setVocabulary({ tokenizer: compared[0] ?? "o200k_base" });
    if (request?.mode) this.state = { ...this.state, mode: request.mode };
    await this.configure();
    if (this.state.mode === "vocabulary") this.searchNow();
    if (request) this.open(request);
    this.draw();
  }

  /** The texts and tokenizers of the mode in hand, told to the extension. */
  async configure(): Promise<void> {
    const { mode, source, tokenizer, compared, chat } = this.state;
    this.details = undefined;
    this.differences = undefined;
    if (mode === "vocabulary") return;
    if (mode === "chat") await this.host.call("setChat", chat);
    const tokenizers = mode === "compare" ? compared : [tokenizer];
    await this.host.call("configure", { source: mode === "chat" ? "chat" : source, tokenizers });
  }

  set(change: Partial<PanelState>): void {
    this.state = { ...this.state, ...change };
    this.keep();
    this.draw();
    this.watch(this.configure());
  }

  setMode(mode: Mode): void {
    this.summary = undefined;
    this.set({ mode });
    if (mode === "vocabulary" && !this.found) this.searchNow();
  }

  setLayers(layers: Partial<PanelState["layers"]>): void {
    this.state = { ...this.state, layers: { ...this.state.layers, ...layers } };
    this.keep();
    this.draw();
  }

  /** Sends what was typed as an edit, a moment after the last key. */
  setTyped(typed: string): void {
    this.state = { ...this.state, typed };
    clearTimeout(this.typing);
    this.typing = window.setTimeout(() => this.watch(this.sendTyped()), typingMs);
  }

  setVocabulary(change: Partial<PanelState["vocabulary"]>): void {
    this.state = { ...this.state, vocabulary: { ...this.state.vocabulary, ...change } };
    this.keep();
    clearTimeout(this.search);
    this.search = window.setTimeout(() => this.searchNow(), searchMs);
    this.draw();
  }

  setChat(change: Partial<PanelState["chat"]>): void {
    this.state = { ...this.state, chat: { ...this.state.chat, ...change } };
    this.keep();
    this.draw();
    clearTimeout(this.typing);
    if (this.state.mode !== "chat") return;
    this.typing = window.setTimeout(() => this.watch(this.configure()), typingMs);
  }

  choose(token: StripToken, lane = 0): void {
    this.watch(this.show(token.index, lane));
    this.host.tell("reveal", { start: token.start, end: token.end }, false);
  }

  /** Marks the token under the pointer in the editor; without one, the chosen token. */
  hover(token: StripToken | null): void {
    const shown = token ?? this.details;
    this.host.tell("highlight", shown ? { start: shown.start, end: shown.end } : null);
  }

  /** Selects the token in the editor; where the selection itself is shown, it stays and the token is brought into view. */
  openInEditor(token: StripToken): void {
    this.host.tell("reveal", { start: token.start, end: token.end }, this.state.source !== "selection");
  }

  async copy(format: "ids" | "json"): Promise<void> {
    const tokens = await this.host.call("copy", format);
    this.announce(`${plural(tokens, "token")} copied`);
  }

  async nextDifference(direction: 1 | -1): Promise<void> {
    const from = direction === 1 ? (this.comparing < 0 ? 0 : this.comparing + 1) : Math.max(0, this.comparing);
    const span = await this.host.call("difference", { from, direction });
    if (!span) {
      this.announce(direction === 1 ? "No difference follows." : "No difference before this one.");
      return;
    }
    this.comparing = span.start;
    this.strip?.reveal(span.start);
    this.host.tell("reveal", span, false);
  }

  /** Takes the choice and the mark in the editor away. */
  clearChoice(): void {
    this.details = undefined;
    this.strip?.clear();
    this.host.tell("highlight", null);
    this.draw();
  }

  /** Shows an id in the vocabulary of the tokenizer in hand. */
  lookUp(id: number): void {
    const tokenizer = this.summary?.lanes[0]?.tokenizer ?? this.state.vocabulary.tokenizer;
    this.setVocabulary({ tokenizer, kind: "id", text: String(id), filter: "all" });
    this.setMode("vocabulary");
  }

  /** Where "next difference" goes on from. */
  setComparing(offset: number): void {
    this.comparing = offset;
  }

  get strip(): TokenStrip | null {
    return this.root.querySelector<TokenStrip>("ps-token-strip");
  }

  protected page(): TemplateResult {
    return page(this);
  }

  protected override keydown(event: KeyboardEvent): void {
    keys(event, this);
  }

  private keep(): void {
    this.api.setState(keepable(this.state));
  }

  private take(summary: Summary): void {
    this.failure = undefined;
    this.summary = summary;
    const uri = summary.document?.uri ?? this.state.uri;
    if (uri !== this.state.uri) {
      this.state = { ...this.state, uri };
      this.keep();
    }
    // A long text is told of many times while it fills, always with the same version.
    if (summary.lanes.every(({ complete }) => complete) && this.settledVersion !== summary.version) {
      this.settledVersion = summary.version;
      this.settled(summary);
    }
    this.draw();
  }

  /** The text has its tokens: what follows from them is asked for. */
  private settled(summary: Summary): void {
    this.announcement = summary.lanes
      .map((lane) => `${mark(lane)}${plural(lane.tokens ?? 0, "token")}, ${nameOf(lane)}`)
      .join("; ");
    if (this.details) this.watch(this.show(this.details.index, 0));
    if (this.state.mode !== "compare") return;
    this.host.call("differences").then(
      (differences) => {
        if (differences?.version === this.summary?.version) this.differences = differences ?? undefined;
        this.draw();
      },
      (error: unknown) => this.fail(error),
    );
  }

  private async show(index: number, lane: number): Promise<void> {
    const details = await this.host.call("details", { lane, index });
    this.details = details ?? undefined;
    this.draw();
  }

  private followCursor(index: number, offset: number): void {
    this.comparing = offset;
    this.strip?.reveal(offset, index);
    this.watch(this.show(index, 0));
  }

  private open({ mode, tokenIndex, offset }: OpenRequest): void {
    const asked = mode ?? (tokenIndex !== null || offset !== null ? "tokens" : this.state.mode);
    const source = tokenIndex === null && offset === null ? this.state.source : "file";
    if (asked !== this.state.mode || source !== this.state.source) {
      this.state = { ...this.state, source };
      this.setMode(asked);
    }
    if (tokenIndex !== null) this.watch(this.goTo(tokenIndex));
    else if (offset !== null) this.strip?.reveal(offset);
  }

  /** Waits for the tokens of a text that is only being opened. */
  private async goTo(index: number, tries = 200): Promise<void> {
    const details = this.summary && (await this.host.call("details", { lane: 0, index }));
    if (!details) {
      if (tries > 0) setTimeout(() => this.watch(this.goTo(index, tries - 1)), 50);
      return;
    }
    this.details = details;
    this.strip?.reveal(details.start, index);
    this.draw();
  }

  private async sendTyped(): Promise<void> {
    const { typed } = this.state;
    const edit = { length: this.sentTyped.length, ...editBetween(this.sentTyped, typed) };
    this.sentTyped = typed;
    this.keep();
    if (!(await this.host.call("editTyped", edit))) await this.host.call("setTyped", typed);
  }

  private searchNow(): void {
    if (this.state.mode !== "vocabulary") return;
    this.searching = true;
    this.draw();
    this.host.call("searchVocabulary", this.state.vocabulary).then(
      (found) => {
        if (!found) return;
        this.searching = false;
        this.found = found;
        this.draw();
      },
      (error: unknown) => {
        this.searching = false;
        this.fail(error);
      },
    );
  }
}
