import { type Disposable, l10n, type TextDocument } from "vscode";
import type { Resolution } from "../../tokenizers/catalogue";
import type { LiveDocuments } from "../../tokens/liveDocuments";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { OwnDocument } from "./ownDocument";
import { LiveTokens, type ReadableTokens } from "./readable";

/** One tokenizer's view of the shown text; `tokens` is missing while the vocabulary loads or when it failed. */
export interface ShownLane {
  readonly asked: string;
  readonly resolution: Resolution;
  readonly contextWindow: number | undefined;
  tokens?: ReadableTokens;
  error?: string;
}

/** What is shown: a whole open document, which its editor keeps live, or a text of the panel's own. */
export type TextOrigin =
  | { readonly kind: "document"; readonly document: TextDocument }
  | { readonly kind: "own"; readonly text: string };

export interface Changes {
  /** The text or its tokens changed: what was sent before is out of date. */
  edited(): void;
  /** More tokens are there, or a vocabulary has loaded. */
  grown(): void;
}

/** The shown text seen by one to four tokenizers, until disposed. */
export class ShownText implements Disposable {
  readonly lanes: readonly ShownLane[];
  private readonly owned: OwnDocument[] = [];
  private readonly subscriptions: Disposable[] = [];
  private disposed = false;

  constructor(
    readonly origin: TextOrigin,
    names: readonly string[],
    private readonly tokenizers: TokenizerService,
    private readonly documents: LiveDocuments,
    private readonly changes: Changes,
    linked: TextDocument | undefined,
  ) {
    this.lanes = names.map((name) => laneOf(name, tokenizers, linked));
    for (const lane of this.lanes) void this.fill(lane);
  }

  /** Lanes whose tokens are there. */
  get readable(): readonly ReadableTokens[] {
    return this.lanes.flatMap(({ tokens }) => (tokens ? [tokens] : []));
  }

  /** UTF-16 units; 0 while nothing is loaded. */
  get length(): number {
    const loading = this.origin.kind === "own" ? this.origin.text.length : 0;
    return this.readable[0]?.length ?? loading;
  }

  /** Applies an edit to a text of the panel's own. Returns false when a lane is still loading: set the text anew. */
  edit(edit: { offset: number; deleted: number; inserted: string }): boolean {
    if (this.owned.length !== this.lanes.filter(({ error }) => error === undefined).length) return false;
    for (const document of this.owned) document.edit(edit);
    this.changes.edited();
    return true;
  }

  dispose(): void {
    this.disposed = true;
    for (const item of [...this.owned, ...this.subscriptions]) item.dispose();
  }

  private async fill(lane: ShownLane): Promise<void> {
    try {
      const tokens = await this.tokensFor(lane.resolution.tokenizer);
      if (this.disposed) return;
      if (tokens) lane.tokens = tokens;
      else lane.error = l10n.t("The file was closed.");
    } catch (error) {
      lane.error = error instanceof Error ? error.message : String(error);
    }
    if (!this.disposed) this.changes.edited();
  }

  private async tokensFor(name: string): Promise<ReadableTokens | undefined> {
    if (this.origin.kind === "document") {
      const live = await this.documents.load(this.origin.document, name);
      if (live && !this.disposed) {
        this.subscriptions.push(
          live.onDidChange((edits) => (edits.length > 0 ? this.changes.edited() : this.changes.grown())),
        );
      }
      return live && new LiveTokens(live);
    }
    const tokenizer = await this.tokenizers.load(name);
    if (this.disposed) return undefined;
    const own = new OwnDocument(tokenizer, this.origin.text, () => this.changes.grown());
    this.owned.push(own);
    return own.tokens;
  }
}

/** An empty name stands for the tokenizer the linked document is counted with. */
export function laneOf(name: string, tokenizers: TokenizerService, linked: TextDocument | undefined): ShownLane {
  if (name === "") {
    const selection = tokenizers.selectionFor(linked);
    return { asked: selection.asked, resolution: selection, contextWindow: selection.contextWindow };
  }
  const resolution = tokenizers.resolution(name);
  return { asked: name, resolution, contextWindow: resolution.contextTokens };
}
