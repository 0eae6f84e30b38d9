import { type Disposable, type Event, EventEmitter, type TextDocument, workspace } from "vscode";
import { DisposableStore } from "../platform/disposables";
import { LiveDocument } from "./liveDocument";
import type { TokenizerService } from "./tokenizerService";

/**
 * The token documents of all open files that somebody looks at, one for each document and tokenizer. They are made when
 * first asked for, follow every edit, and go when the document closes.
 */
export class LiveDocuments implements Disposable {
  private readonly store = new DisposableStore();
  private readonly byDocument = new Map<TextDocument, Map<string, LiveDocument>>();
  private readonly emitter = this.store.add(new EventEmitter<LiveDocument>());

  /** Fires when a live document's tokens changed, by an edit or by filling. */
  readonly onDidChange: Event<LiveDocument> = this.emitter.event;

  constructor(private readonly tokenizers: TokenizerService) {
    this.store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        for (const live of this.byDocument.get(document)?.values() ?? []) live.apply(contentChanges);
      }),
    );
    this.store.add(workspace.onDidCloseTextDocument((document) => this.forget(document)));
  }

  /** The live document, made now if its tokenizer (by default the document's own) is loaded. */
  get(
    document: TextDocument,
    tokenizerName = this.tokenizers.selectionFor(document).tokenizer,
  ): LiveDocument | undefined {
    const existing = this.byDocument.get(document)?.get(tokenizerName);
    if (existing || document.isClosed) return existing;
    const tokenizer = this.tokenizers.loaded(tokenizerName);
    if (!tokenizer) return undefined;
    const live = new LiveDocument(document, tokenizer);
    live.onDidChange(() => this.emitter.fire(live));
    const byName = this.byDocument.get(document) ?? new Map<string, LiveDocument>();
    this.byDocument.set(document, byName.set(tokenizerName, live));
    return live;
  }

  /** Like `get`, after loading the tokenizer. Undefined when the document was closed meanwhile. */
  async load(document: TextDocument, tokenizerName?: string): Promise<LiveDocument | undefined> {
    const name = tokenizerName ?? this.tokenizers.selectionFor(document).tokenizer;
    await this.tokenizers.load(name);
    return this.get(document, name);
  }

  dispose(): void {
    this.store.dispose();
    for (const document of [...this.byDocument.keys()]) this.forget(document);
  }

  private forget(document: TextDocument): void {
    for (const live of this.byDocument.get(document)?.values() ?? []) live.dispose();
    this.byDocument.delete(document);
  }
}
