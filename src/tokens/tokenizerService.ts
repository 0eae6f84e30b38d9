import { type Disposable, type Event, EventEmitter, type TextDocument, workspace } from "vscode";
import { SettingsWatch, setting } from "../platform/configuration";
import { DisposableStore } from "../platform/disposables";
import type { Log } from "../platform/log";
import { loadTokenizer, type Tokenizer, type TokenizerSource } from "../tokenizers";
import { type Resolution, resolve } from "../tokenizers/catalogue";

/** The tokenizer that a document is counted with, and how far its numbers can be trusted. */
export interface Selection extends Resolution {
  /** What the setting says: a tokenizer's or a model's name. */
  readonly asked: string;
  /** Size of the context window, tokens: the setting's, else the model's, else 128,000. */
  readonly contextWindow: number;
}

const defaultContextWindow = 128_000;
const fallback = "o200k_base";

/** Tokenizers that the user added, by the names they gave them. */
export interface AddedTokenizers {
  /** Reads again which there are. */
  open(): Promise<void>;
  has(name: string): boolean;
  /** What its file says of the model. */
  get(name: string): { readonly contextTokens?: number | undefined } | undefined;
  /** Rejects with a reason fit for a person. */
  load(name: string): Promise<Tokenizer>;
}

/** Loads each tokenizer once, when first asked for, and knows which one a document is counted with. */
export class TokenizerService implements Disposable {
  private readonly store = new DisposableStore();
  private readonly selectionEmitter = this.store.add(new EventEmitter<void>());
  private readonly loadEmitter = this.store.add(new EventEmitter<string>());
  private readonly loading = new Map<string, Promise<Tokenizer>>();
  private readonly ready = new Map<string, Tokenizer>();
  private readonly failures = new Map<string, string>();
  /** Asked for with every key stroke, while reading settings takes VS Code a good part of a millisecond. */
  private selections = new WeakMap<TextDocument, { readonly languageId: string; readonly selection: Selection }>();
  /** Names that were unknown and looked for since the last change. */
  private readonly sought = new Set<string>();

  /** Fires when the chosen tokenizer, the context window or the compared tokenizers change anywhere. */
  readonly onDidChangeSelection: Event<void> = this.selectionEmitter.event;
  /** Fires with the name of a tokenizer that was loaded or failed to load. */
  readonly onDidLoad: Event<string> = this.loadEmitter.event;

  constructor(
    private readonly source: TokenizerSource,
    private readonly added: AddedTokenizers,
    private readonly log: Log,
  ) {
    const watch = this.store.add(
      new SettingsWatch(["promptscope.tokenizer", "promptscope.contextWindow", "promptscope.tokenizers.compare"]),
    );
    this.store.add(watch.onDidChange(() => this.changeSelection()));
    this.store.add(workspace.onDidChangeWorkspaceFolders(() => this.changeSelection()));
  }

  /** Rejects with the reason when the vocabulary cannot be read; a later call tries again. */
  load(name: string): Promise<Tokenizer> {
    const known = this.loading.get(name);
    if (known) return known;
    const loading = this.log.timed(
      "tokenizer loaded",
      () => (this.added.has(name) ? this.added.load(name) : loadTokenizer(name, this.source)),
      { name },
    );
    this.loading.set(name, loading);
    this.failures.delete(name);
    loading
      .then(
        (tokenizer) => this.ready.set(name, tokenizer),
        (error: unknown) => {
          this.loading.delete(name);
          this.failures.set(name, error instanceof Error ? error.message : String(error));
          this.log.error("tokenizer not loaded", error, { name });
        },
      )
      .then(() => this.loadEmitter.fire(name));
    return loading;
  }

  /** Starts loading unless that was tried before; `onDidLoad` tells when it is done, `failure` how it ended. */
  request(name: string): void {
    if (this.failures.has(name) || this.loading.has(name)) return;
    this.load(name).catch(() => undefined);
  }

  /** The tokenizer if it is loaded already. */
  loaded(name: string): Tokenizer | undefined {
    return this.ready.get(name);
  }

  /** Why the last attempt to load it failed. */
  failure(name: string): string | undefined {
    return this.failures.get(name);
  }

  /** Forgets a tokenizer that was removed or replaced. */
  drop(name: string): void {
    this.loading.delete(name);
    this.ready.delete(name);
    this.failures.delete(name);
    this.changeSelection();
  }

  /** By the document's language, its folder, the workspace, then the user's settings. */
  selectionFor(document?: TextDocument): Selection {
    if (!document) return this.readSelection(undefined);
    const known = this.selections.get(document);
    if (known?.languageId === document.languageId) return known.selection;
    const selection = this.readSelection(document);
    this.selections.set(document, { languageId: document.languageId, selection });
    return selection;
  }

  private readSelection(document: TextDocument | undefined): Selection {
    const asked = setting("promptscope.tokenizer", document);
    const resolution = this.resolution(asked);
    const contextWindow =
      setting("promptscope.contextWindow", document) ?? resolution.contextTokens ?? defaultContextWindow;
    return { ...resolution, asked, contextWindow };
  }

  /** The names of the tokenizers compared with the chosen one, which is not among them. */
  comparedFor(document?: TextDocument): readonly string[] {
    const chosen = this.selectionFor(document).tokenizer;
    const names = setting("promptscope.tokenizers.compare", document).map((asked) => this.resolution(asked).tokenizer);
    return [...new Set(names)].filter((name) => name !== chosen);
  }

  /** The chosen tokenizer and the compared ones. */
  chosenFor(document: TextDocument): ReadonlySet<string> {
    return new Set([this.selectionFor(document).tokenizer, ...this.comparedFor(document)]);
  }

  dispose(): void {
    this.store.dispose();
  }

  private changeSelection(): void {
    this.selections = new WeakMap();
    this.sought.clear();
    this.selectionEmitter.fire();
  }

  /** What a tokenizer's or model's name stands for; unknown names are estimated and say so. */
  resolution(asked: string): Resolution {
    const known = resolve(asked);
    const own = this.added.get(asked);
    if (own) {
      const contextTokens = own.contextTokens ?? known?.contextTokens;
      return { tokenizer: asked, kind: "exact", ...(contextTokens !== undefined && { contextTokens }) };
    }
    if (known) return known;
    this.seek(asked);
    return {
      tokenizer: fallback,
      kind: "estimate",
      reason: `No tokenizer here is called “${asked}”. The count is ${fallback}'s. Pick another one, or add it from a file.`,
    };
  }

  /** Another window may have added it since the list was read. */
  private seek(name: string): void {
    if (this.sought.has(name)) return;
    this.sought.add(name);
    this.added.open().then(
      () => {
        if (this.added.has(name)) this.drop(name);
      },
      (error: unknown) => this.log.error("added tokenizers not read", error),
    );
  }
}
