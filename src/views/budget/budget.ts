import { type Disposable, type Event, EventEmitter, FileType, type Uri, workspace } from "vscode";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import type { Selection, TokenizerService } from "../../tokens/tokenizerService";
import type { Measure } from "./budgetText";
import { type BudgetFolder, BudgetTree, type FileState, filesBelow } from "./budgetTree";
import type { Counters } from "./counters";
import { FileChanges } from "./fileChanges";
import type { LanguageNames } from "./languageNames";
import { Slices } from "./slices";
import { type WalkEntry, type WalkRules, walk } from "./walk";

export type BudgetState =
  | { readonly kind: "idle" | "ready" | "stopped" }
  /** Files are still being found until `walked`. */
  | { readonly kind: "counting"; readonly walked: boolean }
  | { readonly kind: "failed"; readonly message: string };

/** A workspace folder being counted and the rules that hold in it. */
interface Root {
  readonly uri: Uri;
  readonly index: number;
  readonly rules: WalkRules;
}

/** Listeners hear of changes at most this often, milliseconds. */
const announceMs = 250;
/** Counts are kept this long after the last change, milliseconds. */
const rememberMs = 2_000;

/** The workspace's token counts: counted when asked for, then kept up to date. */
export class Budget implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private changes: FileChanges | undefined;
  private roots: readonly Root[] = [];
  private run = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private announceTimer: NodeJS.Timeout | undefined;
  private rememberTimer: NodeJS.Timeout | undefined;
  private filterText: string | undefined;
  private passes: (path: string) => boolean = () => true;

  /** Fires when anything shown changed. */
  readonly onDidChange: Event<void> = this.emitter.event;
  state: BudgetState = { kind: "idle" };
  /** All files. */
  tree = new BudgetTree([]);
  /** The files that pass the filter; the same tree without one. */
  shown = this.tree;
  /** What the counts are made with. */
  selection: Selection;

  constructor(
    private readonly tokenizers: TokenizerService,
    private readonly counters: Counters,
    private readonly names: LanguageNames,
    private readonly log: Log,
  ) {
    this.selection = tokenizers.selectionFor();
    this.store.add(tokenizers.onDidChangeSelection(() => this.selectionChanged()));
    this.store.add(workspace.onDidChangeWorkspaceFolders(() => this.recount()));
    this.store.add(
      workspace.onDidChangeConfiguration((change) => {
        const ids = ["promptscope.budget.exclude", "promptscope.files.maxSizeMB", "files.exclude", "search.exclude"];
        if (ids.some((id) => change.affectsConfiguration(id))) this.recount();
      }),
    );
  }

  /** What the numbers were counted with, and what they are shares of. */
  get measure(): Measure {
    const { tokenizer, kind, reason, contextWindow } = this.selection;
    return { tokenizer, approximate: kind === "estimate", reason, contextWindow };
  }

  get filter(): string | undefined {
    return this.filterText;
  }

  /** Counts everything, from what is remembered where nothing changed. Resolves when done, stopped or failed. */
  count(): Promise<void> {
    this.run.abort();
    if (this.state.kind === "counting") this.counters.stop();
    const run = new AbortController();
    this.run = run;
    this.running = this.running.then(() => this.countAll(run));
    return this.running;
  }

  /** Stops counting; what is counted stays. */
  cancel(): void {
    if (this.state.kind !== "counting") return;
    this.run.abort();
    this.counters.stop();
    this.become({ kind: "stopped" });
  }

  /** Shows only files whose path fits (see `fileFilter`); undefined or empty shows all. */
  async setFilter(typed: string | undefined): Promise<void> {
    const text = typed?.trim() || undefined;
    this.filterText = text;
    this.passes = text === undefined ? () => true : (await import("./globs")).fileFilter(text);
    await this.showFiltered();
    this.emitter.fire();
  }

  dispose(): void {
    this.run.abort();
    clearTimeout(this.announceTimer);
    clearTimeout(this.rememberTimer);
    this.counters.stop();
    this.changes?.dispose();
    this.store.dispose();
  }

  private async countAll(run: AbortController): Promise<void> {
    const { signal } = run;
    if (signal.aborted) return;
    const start = performance.now();
    this.selection = this.tokenizers.selectionFor();
    const folders = workspace.workspaceFolders ?? [];
    this.tree = new BudgetTree(folders.map(({ uri, name }) => ({ key: uri.toString(), name })));
    await this.showFiltered();
    this.become({ kind: "counting", walked: false });
    this.changes ??= this.watch();
    try {
      const { readRules } = await import("./readRules");
      const uris = folders.map(({ uri }) => uri);
      this.roots = await Promise.all(
        uris.map(async (uri, index) => ({ uri, index, rules: await readRules(uri, uris) })),
      );
      await this.countBelow(
        this.roots.map((root) => [root, ""] as const),
        run,
      );
      if (signal.aborted) return;
      this.become({ kind: "ready" });
      const { total } = this.tree;
      const ms = Math.round(performance.now() - start);
      this.log.info("workspace counted", { files: total.counted, skipped: total.skipped, bytes: total.bytes, ms });
      this.rememberSoon();
    } catch (error) {
      if (this.run !== run || this.state.kind === "stopped") return;
      this.log.error("workspace not counted", error);
      this.become({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Counts all files at and below the paths. Rejects when counting fails altogether. */
  private async countBelow(starts: readonly (readonly [Root, string])[], run: AbortController): Promise<void> {
    const work: Promise<void>[] = [];
    let failure: unknown;
    const take = (root: Root, entry: WalkEntry): void => {
      const counted = this.take(root, entry, run.signal).catch((error: unknown) => {
        failure ??= error;
        run.abort();
      });
      work.push(counted);
    };
    for (const [root, path] of starts) {
      await walk(root.uri, path, root.rules, (entry) => take(root, entry), run.signal);
    }
    if (this.state.kind === "counting" && !run.signal.aborted) this.become({ kind: "counting", walked: true });
    await Promise.all(work);
    if (failure !== undefined) throw failure;
  }

  private async take(root: Root, { uri, path, skip }: WalkEntry, signal: AbortSignal): Promise<void> {
    const key = uri.toString();
    if (skip) return this.put(root, path, key, { kind: "skipped", ...skip });
    if (!this.tree.file(key)) this.put(root, path, key, { kind: "waiting" });
    const outcome = await this.counters.count(uri, this.selection.tokenizer);
    if (signal.aborted) return;
    if (outcome.kind === "gone") this.remove(key);
    else if (outcome.kind !== "bytesNeeded") this.put(root, path, key, outcome);
  }

  private put(root: Root, path: string, key: string, state: FileState): void {
    for (const tree of new Set([this.tree, this.shown])) {
      const folder = tree.roots[root.index];
      if (!folder || (tree !== this.tree && !this.passes(path))) continue;
      tree.set(folder, path, key, this.languageOf(path), state);
    }
    this.announce();
  }

  private remove(key: string): void {
    this.tree.remove(key);
    this.shown.remove(key);
    this.announce();
  }

  private watch(): FileChanges {
    const changes = new FileChanges();
    this.store.add(
      changes.onDidChange((uris) => {
        this.running = this.running.then(() => this.update(uris));
      }),
    );
    return changes;
  }

  /** Brings the tree up to date with what changed on disk. */
  private async update(uris: readonly Uri[]): Promise<void> {
    if (this.state.kind !== "ready") return;
    const run = this.run;
    try {
      for (const uri of uris) {
        const place = this.placeOf(uri);
        if (!place || run.signal.aborted) continue;
        if (place.path.split("/").at(-1) === ".gitignore") return this.recount();
        await this.updatePlace(place.root, place.path, uri, run);
      }
      this.rememberSoon();
    } catch (error) {
      if (this.run !== run) return;
      this.log.error("workspace counts not brought up to date", error);
      this.become({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }

  private async updatePlace(root: Root, path: string, uri: Uri, run: AbortController): Promise<void> {
    const type = await workspace.fs.stat(uri).then(
      (stat) => stat.type,
      () => undefined,
    );
    const { isPathLeftOut } = await import("./readRules");
    if (type === undefined || (await isPathLeftOut(root.uri, path, type, root.rules))) {
      const folder = this.tree.roots[root.index];
      const node = folder && this.tree.find(folder, path);
      for (const file of node ? filesBelow([node]) : []) this.remove(file.key);
    } else if (type === FileType.Directory) {
      await this.countBelow([[root, path]], run);
    } else {
      const skip = type & FileType.SymbolicLink ? { skip: { reason: "link" as const } } : {};
      await this.take(root, { uri, path, ...skip }, run.signal);
    }
  }

  private placeOf(uri: Uri): { readonly root: Root; readonly path: string } | undefined {
    const folder = workspace.getWorkspaceFolder(uri);
    const root = this.roots.find((candidate) => candidate.uri.toString() === folder?.uri.toString());
    if (!root || uri.path.length <= root.uri.path.length) return undefined;
    return { root, path: uri.path.slice(root.uri.path.length).replace(/^\//, "") };
  }

  private async showFiltered(): Promise<void> {
    const { tree } = this;
    if (this.filterText === undefined) {
      this.shown = tree;
      return;
    }
    const shown = new BudgetTree(tree.roots);
    this.shown = shown;
    const slices = new Slices();
    for (const file of tree.allFiles()) {
      await slices.pause();
      if (this.shown !== shown) return;
      let top: BudgetFolder = file.parent;
      while (top.parent) top = top.parent;
      const folder = shown.roots[tree.roots.indexOf(top)];
      if (folder && this.passes(file.path)) shown.set(folder, file.path, file.key, file.language, file.state);
    }
  }

  private languageOf(path: string): string {
    return this.names.of(path.slice(path.lastIndexOf("/") + 1));
  }

  private recount(): void {
    if (this.state.kind !== "idle") void this.count();
  }

  private selectionChanged(): void {
    const { tokenizer, contextWindow, kind } = this.tokenizers.selectionFor();
    const now = this.selection;
    if (tokenizer !== now.tokenizer && this.state.kind !== "idle") {
      this.recount();
      return;
    }
    if (tokenizer === now.tokenizer && contextWindow === now.contextWindow && kind === now.kind) return;
    this.selection = this.tokenizers.selectionFor();
    this.emitter.fire();
  }

  private become(state: BudgetState): void {
    this.state = state;
    this.emitter.fire();
  }

  private announce(): void {
    this.announceTimer ??= setTimeout(() => {
      this.announceTimer = undefined;
      this.emitter.fire();
    }, announceMs);
  }

  private rememberSoon(): void {
    clearTimeout(this.rememberTimer);
    const { tree, selection } = this;
    this.rememberTimer = setTimeout(
      () => void this.counters.remember(tree.allFiles(), selection.tokenizer),
      rememberMs,
    );
  }
}
