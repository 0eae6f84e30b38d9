import { type Disposable, type Event, EventEmitter, type TextDocument, workspace } from "vscode";
import { setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import { isBystander, lengthOf, looksBinary } from "./documentText";
import { LiveDocument } from "./liveDocument";
import type { TokenizerService } from "./tokenizerService";

/** Why a document is estimated instead of tokenized. */
export type Refusal = "tooLarge" | "binary";

/** Tokenizers without windows encode the whole text after each edit: longer texts than this are only estimated. */
export const mostSlowUnits = 200_000;

/**
 * The token documents of all open files that somebody looks at, one for each document and tokenizer. They are made when
 * first asked for, follow every edit, and go when the document closes or their tokenizer is chosen no more.
 */
export class LiveDocuments implements Disposable {
  private readonly store = new DisposableStore();
  private readonly byDocument = new Map<TextDocument, Map<string, LiveDocument>>();
  private readonly kept = new WeakSet<LiveDocument>();
  private readonly refusals = new WeakMap<
    TextDocument,
    { readonly key: string; readonly refusal: Refusal | undefined }
  >();
  private readonly emitter = this.store.add(new EventEmitter<LiveDocument>());

  /** Fires when a live document's tokens changed, by an edit or by filling. */
  readonly onDidChange: Event<LiveDocument> = this.emitter.event;

  constructor(
    private readonly tokenizers: TokenizerService,
    private readonly log: Log,
  ) {
    this.store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        const start = performance.now();
        for (const live of this.byDocument.get(document)?.values() ?? []) live.apply(contentChanges);
        this.log.debug("edit followed", { ms: Math.round((performance.now() - start) * 100) / 100 });
      }),
    );
    this.store.add(workspace.onDidCloseTextDocument((document) => this.forget(document)));
    this.store.add(tokenizers.onDidChangeSelection(() => this.forgetUnchosen()));
  }

  /** The live document, made now if its tokenizer (by default the document's own) is loaded and nothing forbids it. */
  get(
    document: TextDocument,
    tokenizerName = this.tokenizers.selectionFor(document).tokenizer,
  ): LiveDocument | undefined {
    const existing = this.byDocument.get(document)?.get(tokenizerName);
    if (existing || document.isClosed) return existing;
    const tokenizer = this.tokenizers.loaded(tokenizerName);
    if (!tokenizer || isBystander(document) || this.refusal(document)) return undefined;
    if (!tokenizer.fast && lengthOf(document) > mostSlowUnits) return undefined;
    const live = new LiveDocument(document, tokenizer, this.log);
    live.onDidChange(() => this.emitter.fire(live));
    const byName = this.byDocument.get(document) ?? new Map<string, LiveDocument>();
    this.byDocument.set(document, byName.set(tokenizerName, live));
    return live;
  }

  /**
   * Like `get`, after loading the tokenizer; kept until the document closes, whichever tokenizers are chosen. Undefined
   * when the document was closed meanwhile or is refused.
   */
  async load(document: TextDocument, tokenizerName?: string): Promise<LiveDocument | undefined> {
    const name = tokenizerName ?? this.tokenizers.selectionFor(document).tokenizer;
    await this.tokenizers.load(name);
    const live = this.get(document, name);
    if (live) this.kept.add(live);
    return live;
  }

  /** Why the document is not tokenized; asked again only when the text changed. */
  refusal(document: TextDocument): Refusal | undefined {
    const limit = setting("promptscope.files.maxSizeMB", document) * 1_000_000;
    const key = `${document.version} ${limit}`;
    const known = this.refusals.get(document);
    if (known?.key === key) return known.refusal;
    const refusal = lengthOf(document) > limit ? "tooLarge" : looksBinary(document) ? "binary" : undefined;
    this.refusals.set(document, { key, refusal });
    return refusal;
  }

  dispose(): void {
    this.store.dispose();
    for (const document of [...this.byDocument.keys()]) this.forget(document);
  }

  private forget(document: TextDocument): void {
    for (const live of this.byDocument.get(document)?.values() ?? []) live.dispose();
    this.byDocument.delete(document);
  }

  private forgetUnchosen(): void {
    for (const [document, byName] of this.byDocument) {
      const chosen = this.tokenizers.chosenFor(document);
      for (const [name, live] of byName) {
        const current = live.tokenizer === this.tokenizers.loaded(name);
        if (current && (chosen.has(name) || this.kept.has(live))) continue;
        live.dispose();
        byName.delete(name);
      }
    }
  }
}
