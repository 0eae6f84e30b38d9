import { type Disposable, type Event, EventEmitter, type TextDocument } from "vscode";
import { SettingsWatch, setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import { loadTokenizer, type Tokenizer, type TokenizerSource } from "../tokenizers";
import { type Resolution, resolve } from "../tokenizers/catalogue";

/** The tokenizer that a document is counted with, and how far its numbers can be trusted. */
export interface Selection extends Resolution {
  /** What the setting says: a tokenizer's or a model's name. */
  readonly asked: string;
  /** Tokens; the setting's, else the model's, else 128,000. */
  readonly contextWindow: number;
}

const defaultContextWindow = 128_000;

/** Loads each tokenizer once, when first asked for, and knows which one a document is counted with. */
export class TokenizerService implements Disposable {
  private readonly store = new DisposableStore();
  private readonly selectionEmitter = this.store.add(new EventEmitter<void>());
  private readonly loading = new Map<string, Promise<Tokenizer>>();
  private readonly ready = new Map<string, Tokenizer>();

  /** Fires when the chosen tokenizer, the context window or the compared tokenizers change anywhere. */
  readonly onDidChangeSelection: Event<void> = this.selectionEmitter.event;

  constructor(
    private readonly source: TokenizerSource,
    private readonly log: Log,
  ) {
    const watch = this.store.add(
      new SettingsWatch(["promptscope.tokenizer", "promptscope.contextWindow", "promptscope.tokenizers.compare"]),
    );
    this.store.add(watch.onDidChange(() => this.selectionEmitter.fire()));
  }

  /** Rejects with the reason when the vocabulary cannot be read; a later call tries again. */
  load(name: string): Promise<Tokenizer> {
    const known = this.loading.get(name);
    if (known) return known;
    const loading = this.log.timed("tokenizer loaded", () => loadTokenizer(name, this.source), { name });
    this.loading.set(name, loading);
    loading.then(
      (tokenizer) => this.ready.set(name, tokenizer),
      () => this.loading.delete(name),
    );
    return loading;
  }

  /** The tokenizer if it is loaded already. */
  loaded(name: string): Tokenizer | undefined {
    return this.ready.get(name);
  }

  /** By the document's language, its folder, the workspace, then the user's settings. */
  selectionFor(document?: TextDocument): Selection {
    const asked = setting("promptscope.tokenizer", document);
    const resolution = resolve(asked) ?? resolve("o200k_base");
    if (!resolution) throw new Error("the catalogue has no o200k_base");
    const contextWindow =
      setting("promptscope.contextWindow", document) ?? resolution.contextWindow ?? defaultContextWindow;
    return { ...resolution, asked, contextWindow };
  }

  dispose(): void {
    this.store.dispose();
  }
}
