import {
  type Disposable,
  MarkdownString,
  type Range,
  StatusBarAlignment,
  type StatusBarItem,
  type TextDocument,
  type TextEditor,
  ThemeColor,
  type Uri,
  window,
  workspace,
} from "vscode";
import { commands } from "../../contributions";
import { SettingsWatch, setting } from "../../platform/configuration";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import type { DocumentCount, DocumentCounts } from "../../tokens/documentCounts";
import { isBystander, wholeRange } from "../../tokens/documentText";
import type { LiveDocuments } from "../../tokens/liveDocuments";
import { countOrEstimate, statisticsOf } from "../../tokens/selectionText";
import { inSlices } from "../../tokens/slices";
import type { TextStatistics } from "../../tokens/textStatistics";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { type SelectionCount, statusText } from "./statusText";
import { type Price, statusTooltip } from "./statusTooltip";
import { describeUnshared, unsharedFile } from "./unsharedFile";

/** Left of "Ln 1, Col 1". */
const priority = 101;
/** While a large file is being counted the text changes this often; edits show at once. */
const progressMs = 100;
/** Rest after the last change before the tooltip's words and bytes are counted. */
const statisticsMs = 250;

/** A file that VS Code is about to show is given so long before it counts as one it will not share. */
const openingMs = 1000;

/** Tokens of the active editor's selection or file. */
export class StatusBar implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item: StatusBarItem;
  private selected: SelectionCount = { kind: "none" };
  private enabled = setting("promptscope.statusBar.enabled");
  private statistics: TextStatistics | undefined;
  private work = new AbortController();
  private lastProgress = 0;

  constructor(
    private readonly counts: DocumentCounts,
    private readonly documents: LiveDocuments,
    private readonly tokenizers: TokenizerService,
    private readonly log: Log,
  ) {
    this.item = this.store.add(window.createStatusBarItem("promptscope.tokens", StatusBarAlignment.Right, priority));
    this.item.name = "Promptscope tokens";
    this.item.command = commands.pickTokenizer;
    const settings = this.store.add(
      new SettingsWatch([
        "promptscope.statusBar.enabled",
        "promptscope.price.perMillionTokens",
        "promptscope.price.currency",
        "promptscope.files.maxSizeMB",
      ]),
    );
    const refresh = (): void => this.refresh();
    for (const subscription of [
      settings.onDidChange(() => {
        this.enabled = setting("promptscope.statusBar.enabled");
        this.refresh();
      }),
      tokenizers.onDidChangeSelection(refresh),
      tokenizers.onDidLoad(refresh),
      window.onDidChangeActiveTextEditor(refresh),
      // A change of language too: another tokenizer may count it.
      workspace.onDidOpenTextDocument((document) => {
        if (document === window.activeTextEditor?.document) this.refresh();
      }),
      window.tabGroups.onDidChangeTabs(() => {
        if (!window.activeTextEditor) this.refresh();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === window.activeTextEditor) this.refresh();
      }),
      documents.onDidChange(({ document, complete }) => {
        if (document !== window.activeTextEditor?.document) return;
        const now = performance.now();
        if (!complete && now - this.lastProgress < progressMs) return;
        this.lastProgress = now;
        this.refresh();
      }),
    ])
      this.store.add(subscription);
    this.refresh();
  }

  dispose(): void {
    this.work.abort();
    this.store.dispose();
  }

  private refresh(): void {
    this.work.abort();
    const editor = window.activeTextEditor;
    if (!editor || isBystander(editor.document) || !this.enabled) {
      this.item.hide();
      const file = this.enabled ? unsharedFile() : undefined;
      if (file) this.inBackground(this.showUnshared(file));
      return;
    }
    this.work = new AbortController();
    const ranges = editor.selections.filter((selection) => !selection.isEmpty);
    this.selected = ranges.length === 0 ? { kind: "none" } : { kind: "counting" };
    this.statistics = undefined;
    this.inBackground(this.complete(editor, ranges, this.work.signal));
    this.show(editor);
    this.item.show();
  }

  private inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.log.error("status bar", error));
  }

  private async showUnshared(uri: Uri): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, openingMs));
    if (unsharedFile()?.toString() !== uri.toString()) return;
    const found = await describeUnshared(uri, this.tokenizers);
    if (unsharedFile()?.toString() !== uri.toString()) return;
    this.item.text = found.text;
    this.item.tooltip = found.tooltip;
    this.item.backgroundColor = undefined;
    this.item.accessibilityInformation = { label: `${found.text}. ${found.tooltip}`, role: "button" };
    this.item.show();
  }

  /** Counts the selection, then, after a rest, what only the tooltip shows. */
  private async complete(editor: TextEditor, ranges: readonly Range[], signal: AbortSignal): Promise<void> {
    const { document } = editor;
    const tokenizer = this.tokenizers.loaded(this.tokenizers.selectionFor(document).tokenizer);
    if (!tokenizer) return;
    if (ranges.length > 0) {
      // A slow one counts in one go, and a selection that is being drawn changes many times a second.
      if (!tokenizer.fast) await new Promise((resolve) => setTimeout(resolve, statisticsMs));
      const tokens = await inSlices(countOrEstimate(tokenizer, document, ranges), signal);
      if (tokens === undefined) return;
      this.selected = { kind: "counted", tokens };
      this.show(editor);
    } else if (this.documents.refusal(document)) return;
    await new Promise((resolve) => setTimeout(resolve, statisticsMs));
    const statistics = await inSlices(
      statisticsOf(document, ranges.length > 0 ? ranges : [wholeRange(document)]),
      signal,
    );
    if (!statistics) return;
    this.statistics = statistics;
    this.show(editor);
  }

  private show({ document }: TextEditor): void {
    const count = this.counts.of(document);
    const { text, spoken, tone } = statusText(count, this.selected);
    this.item.text = text;
    this.item.accessibilityInformation = { label: spoken, role: "button" };
    this.item.backgroundColor = tone === "plain" ? undefined : new ThemeColor(`statusBarItem.${tone}Background`);
    this.item.tooltip = this.tooltip(count);
  }

  private tooltip(count: DocumentCount): MarkdownString {
    if (count.kind === "failed") return new MarkdownString().appendText(count.message);
    if (count.kind !== "counted" && count.kind !== "sampled") return new MarkdownString();
    return new MarkdownString(
      statusTooltip(
        count,
        this.selected.kind === "counted" ? this.selected.tokens : count.tokens,
        this.selected.kind === "none" ? "file" : "selection",
        this.statistics,
        // Comes with the statistics, after the rest: reading settings at every key stroke would be felt.
        this.statistics && price(window.activeTextEditor?.document),
      ),
    );
  }
}

function price(scope: TextDocument | undefined): Price | undefined {
  const perMillionTokens = setting("promptscope.price.perMillionTokens", scope);
  return perMillionTokens === null
    ? undefined
    : { perMillionTokens, currency: setting("promptscope.price.currency", scope) };
}
