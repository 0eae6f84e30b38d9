import { type Disposable, type Event, EventEmitter, l10n, Range, type TextDocument, window, workspace } from "vscode";
import { type Engine, EngineError, type ModelFacts, type TokenizedPrompt } from "../../inference/engine";
import type { LoadProgress, ModelRole, Models } from "../../models/models";
import { setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { lengthOf } from "../../tokens/documentText";
import { type FileToken, fileTokens, followEdit, withOld } from "./fileTokens";
import { placeTokens, type TokenPlace } from "./placement";
import type { ScoredPrompt } from "./scoredPrompt";
import { scorePrompt } from "./scorer";
import { type FileRange, type Subject, subjectsOf } from "./subjects";
import { type Summary, summarise } from "./summary";

/** Rest after the last edit before a file is scored again. */
const restMs = 350;
/** More units than a token has on average: texts longer than this times the most tokens are cut before they are tokenized. */
const unitsPerToken = 6;
/** Longer files are not read as a whole. */
const mostWholeUnits = 1_000_000;

/** What a file's scoring is doing. */
export type ScoringState =
  | { readonly kind: "loading"; readonly progress: LoadProgress | undefined }
  | { readonly kind: "scoring"; readonly done: number; readonly total: number }
  | { readonly kind: "ready" }
  /** The text changed since; it is scored again after a rest, or when asked. */
  | { readonly kind: "stale"; readonly waiting: boolean }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string; readonly details: string | undefined };

/** What the scores were made with and of. */
export interface ScoringFacts {
  readonly model: ModelFacts;
  readonly kind: Subject["kind"];
  /** What was scored, as far as it lies in the file. */
  readonly range: FileRange;
  readonly selection: boolean;
  /** Tokens of all prompts, scored or not. */
  readonly promptTokens: number;
  /** Tokens that were to be scored. */
  readonly wanted: number;
  /** Tokens taken over from the scoring before, since nothing before them changed. */
  readonly kept: number;
  /** Part of the file was left out for its length. */
  readonly cut: boolean;
  readonly ms: number;
  readonly at: number;
}

interface Result {
  readonly subject: Subject;
  readonly scored: ScoredPrompt;
  readonly places: readonly TokenPlace[];
}

/** The scores of one document, which follow its edits and are made anew from the first changed token on. */
export class DocumentScoring implements Disposable {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  readonly onDidChange: Event<void> = this.emitter.event;
  private work = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private results: Result[] = [];
  private model: ModelFacts | undefined;
  private current: ScoringState = { kind: "loading", progress: undefined };
  /** In the order of the file. */
  tokens: readonly FileToken[] = [];
  facts: ScoringFacts | undefined;
  private summary: Summary | undefined;

  constructor(
    readonly document: TextDocument,
    private readonly models: Models,
    private readonly log: Log,
    private selection: FileRange | undefined,
  ) {
    this.store.add(
      workspace.onDidChangeTextDocument((event) => {
        if (event.document === document && event.contentChanges.length > 0) this.edited(event.contentChanges);
      }),
    );
    this.start();
  }

  get state(): ScoringState {
    return this.current;
  }

  /** Which default model scores it: chat files are read by the chat model. */
  get role(): ModelRole {
    return this.facts?.kind === "chat" ? "chat" : "base";
  }

  get scope(): FileRange | undefined {
    return this.selection;
  }

  /** Alternatives that the engine looked at for each token. */
  get lookedAt(): number {
    return this.results[0]?.scored.looked ?? 0;
  }

  /** Whether the model was given less than all before it. */
  inWindow(token: FileToken): boolean {
    const last = token.parts[0];
    const result = this.results.find(({ subject }) => subject.start <= token.start && token.start <= subject.end);
    if (!last || !result) return false;
    return result.subject.cut || result.scored.prompt.tokens[last.given]?.offset !== last.token.offset;
  }

  /** Whether it stands in a JSON string, where other text has to be escaped. */
  inJson({ start }: FileToken): boolean {
    return this.results.some(
      ({ subject }) => subject.start <= start && start <= subject.end && subject.stretches.some(({ json }) => json),
    );
  }

  get summed(): Summary {
    this.summary ??= summarise(this.tokens, this.characters());
    return this.summary;
  }

  /** Scores another part, or the whole file with undefined. */
  select(selection: FileRange | undefined): void {
    this.selection = selection;
    this.tokens = [];
    this.results = [];
    // What is drawn was another model's or another part's.
    this.become({ kind: "loading", progress: undefined });
    this.start();
  }

  /** Scores what changed since the last time. */
  start(): void {
    this.stopWork();
    this.work = new AbortController();
    const { signal } = this.work;
    this.run(signal).catch((error: unknown) => {
      if (signal.aborted) return;
      if (!(error instanceof EngineError)) this.log.error("surprisal", error);
      else this.log.warn("surprisal", { code: error.code, message: error.message });
      const message = error instanceof Error ? error.message : String(error);
      const details = error instanceof EngineError ? error.details : undefined;
      this.become({ kind: "failed", message, details });
    });
  }

  /** Of a file that is scored in part, scores what has come into view. */
  scrolled(): void {
    if (!this.facts?.cut || this.current.kind !== "ready") return;
    const visible = this.visibleOffset();
    const scored = this.tokens.some(({ start, end }) => start <= visible && visible <= end);
    clearTimeout(this.timer);
    if (!scored) this.timer = setTimeout(() => this.start(), restMs);
  }

  /** Ends the work in progress; what is scored stays. */
  stop(): void {
    this.stopWork();
    this.become({ kind: "stopped" });
  }

  dispose(): void {
    this.stopWork();
    this.store.dispose();
  }

  private stopWork(): void {
    clearTimeout(this.timer);
    this.work.abort();
  }

  private become(state: ScoringState): void {
    this.current = state;
    this.summary = undefined;
    this.emitter.fire();
  }

  private edited(changes: readonly { rangeOffset: number; rangeLength: number; text: string }[]): void {
    this.stopWork();
    let tokens = [...this.tokens];
    for (const change of changes) {
      tokens = followEdit(tokens, change);
      this.selection = this.selection && moved(this.selection, change);
    }
    this.tokens = tokens;
    const waiting = setting("promptscope.surprisal.auto", this.document);
    if (waiting) this.timer = setTimeout(() => this.start(), restMs);
    this.become({ kind: "stale", waiting });
  }

  private async run(signal: AbortSignal): Promise<void> {
    const started = performance.now();
    const { document } = this;
    const maxTokens = setting("promptscope.surprisal.maxTokens", document);
    const visible = this.visibleOffset();
    const subjects = this.subjects(visible, maxTokens * unitsPerToken);
    const [first] = subjects;
    if (!first) {
      this.tokens = [];
      this.facts = undefined;
      this.become({ kind: "ready" });
      return;
    }
    const engine = await this.open(first.kind === "chat" ? "chat" : "base", signal);
    requireScores(engine, first.kind);
    if (this.tokens.length > 0) {
      // What did not change is there already; the model may take its time with the rest.
      const done = this.tokens.filter(({ stale }) => !stale).length;
      this.become({ kind: "scoring", done, total: this.tokens.length });
    }
    const before = sameModel(this.model, engine.model) ? this.results : [];
    const old = this.tokens.filter(({ stale }) => stale);
    const results: Result[] = [];
    this.model = engine.model;
    let left = maxTokens;
    for (const subject of subjects) {
      if (left <= 0) break;
      const previous = before.find(({ subject: { key } }) => key === subject.key) ?? before[results.length];
      let places: readonly TokenPlace[] = [];
      const scored = await scorePrompt({
        engine,
        prompt: subject.prompt,
        topK: setting("promptscope.surprisal.topK", document),
        maxTokens: left,
        previous: previous?.subject.kind === subject.kind ? previous.scored : undefined,
        visibleToken: (prompt: TokenizedPrompt) => {
          places = placeTokens(prompt, subject.stretches);
          return places.findIndex(({ added, end }) => added === undefined && end > visible);
        },
        onProgress: (soFar) => {
          if (signal.aborted) return;
          if (places.length !== soFar.prompt.tokens.length) places = placeTokens(soFar.prompt, subject.stretches);
          this.show([...results, { subject, scored: soFar, places }], old);
          const done = soFar.scores.filter((score) => score !== undefined).length;
          const total = soFar.to - soFar.from;
          if (done < total) this.become({ kind: "scoring", done, total });
        },
        signal,
      });
      signal.throwIfAborted();
      if (places.length !== scored.prompt.tokens.length) places = placeTokens(scored.prompt, subject.stretches);
      results.push({ subject, scored, places });
      left -= scored.to - scored.from;
    }
    this.results = results;
    this.show(results, []);
    const ms = performance.now() - started;
    this.facts = this.factsOf(engine.model, results, before, subjects, ms);
    this.log.debug("scored", { tokens: this.facts.wanted, kept: this.facts.kept, ms: Math.round(ms) });
    this.become({ kind: "ready" });
  }

  /** Of very long files only the part around the visible one is read: the text of all of it takes too long. */
  private subjects(visible: number, maxUnits: number): Subject[] {
    const { document, selection } = this;
    const fileName = nameOf(document);
    const length = lengthOf(document);
    if (length <= mostWholeUnits) return subjectsOf(document.getText(), { fileName, selection, visible, maxUnits });
    const whole = selection ?? { start: 0, end: length };
    const from = Math.max(whole.start, Math.min(visible - maxUnits, whole.end - 2 * maxUnits));
    const start = document.positionAt(from);
    const base = document.offsetAt(start);
    const end = document.positionAt(Math.min(whole.end, base + 2 * maxUnits));
    const text = document.getText(new Range(start, end));
    return subjectsOf(text, {
      fileName,
      selection: { start: 0, end: text.length },
      visible: visible - base,
      maxUnits,
      base,
    });
  }

  private async open(role: ModelRole, signal: AbortSignal): Promise<Engine> {
    // A model that is loaded is there at once: the scores there are stay on show till new ones come.
    if (!this.facts) this.become({ kind: "loading", progress: undefined });
    const onProgress = (progress: LoadProgress): void => {
      if (!signal.aborted) this.become({ kind: "loading", progress });
    };
    const engine = await this.models.engine(this.models.defaultFor(role), { signal, onProgress });
    signal.throwIfAborted();
    return engine;
  }

  private show(results: readonly Result[], old: readonly FileToken[]): void {
    const ordered = [...results].sort((a, b) => a.subject.start - b.subject.start);
    const fresh = ordered.flatMap(({ scored, places }) => fileTokens(scored, places));
    this.tokens = old.length > 0 ? withOld(fresh, old) : fresh;
  }

  private factsOf(
    model: ModelFacts,
    results: readonly Result[],
    before: readonly Result[],
    subjects: readonly Subject[],
    ms: number,
  ): ScoringFacts {
    const sum = (of: (result: Result) => number): number => results.reduce((all, result) => all + of(result), 0);
    const known = new Set(before.flatMap(({ scored }) => scored.scores));
    return {
      model,
      kind: subjects[0]?.kind ?? "raw",
      range: {
        start: Math.min(...results.map(({ subject }) => subject.start)),
        end: Math.max(...results.map(({ subject }) => subject.end)),
      },
      selection: this.selection !== undefined,
      promptTokens: sum(({ scored }) => scored.prompt.tokens.length),
      wanted: sum(({ scored }) => scored.to - scored.from),
      kept: sum(({ scored }) => scored.scores.filter((score) => score !== undefined && known.has(score)).length),
      cut: results.length < subjects.length || results.some(({ subject, scored }) => subject.cut || partly(scored)),
      ms,
      at: Date.now(),
    };
  }

  private characters(): number {
    const own = this.tokens.filter(({ added }) => added === undefined);
    const [first, last] = [own[0], own.at(-1)];
    if (!first || !last) return 0;
    const text = this.document.getText(
      new Range(this.document.positionAt(first.start), this.document.positionAt(last.end)),
    );
    let count = 0;
    let reached = first.start;
    for (const { start, end } of own) {
      if (end <= reached) continue;
      const from = Math.max(start, reached) - first.start;
      for (const _ of text.slice(from, end - first.start)) count++;
      reached = end;
    }
    return count;
  }

  private visibleOffset(): number {
    const editor = window.visibleTextEditors.find(({ document }) => document === this.document);
    const start = editor?.visibleRanges[0]?.start;
    return start ? this.document.offsetAt(start) : 0;
  }
}

function partly({ from, to, prompt }: ScoredPrompt): boolean {
  return to - from < prompt.tokens.length;
}

function sameModel(a: ModelFacts | undefined, b: ModelFacts): boolean {
  return a !== undefined && a.id === b.id && a.fingerprint === b.fingerprint;
}

function requireScores({ capabilities, model }: Engine, kind: Subject["kind"]): void {
  const missing = [capabilities.score, kind === "chat" ? capabilities.chat : capabilities.completion].find(
    ({ available }) => !available,
  );
  if (!missing || missing.available) return;
  const message = l10n.t("{0} cannot score this file: {1} Choose another model.", model.name, missing.reason);
  throw new EngineError("unsupported", message);
}

/** A selection after an edit; what is typed at its end belongs to it. */
function moved(range: FileRange, change: { rangeOffset: number; rangeLength: number; text: string }): FileRange {
  const end = change.rangeOffset + change.rangeLength;
  const shift = change.text.length - change.rangeLength;
  if (end <= range.start && change.rangeOffset < range.start)
    return { start: range.start + shift, end: range.end + shift };
  if (change.rangeOffset > range.end) return range;
  const start = Math.min(range.start, change.rangeOffset);
  return { start, end: Math.max(start, Math.max(range.end, end) + shift) };
}

/** Untitled documents have no ending: their language stands for it. */
function nameOf({ uri, languageId, isUntitled }: TextDocument): string {
  return isUntitled ? `untitled.${languageId}` : (uri.path.split("/").at(-1) ?? "");
}
