import {
  type Disposable,
  l10n,
  type Position,
  type TextDocument,
  type Uri,
  ViewColumn,
  commands as vscodeCommands,
  window,
} from "vscode";
import { contextKeys } from "../../contributions";
import { type InterrogationSummary, type PartSummary, summarising } from "../../experiments/interrogation/summary";
import { DisposableStore } from "../../platform/disposables";
import { onDidReallyClose } from "../../platform/documents";
import type { Log } from "../../platform/log";
import { UserError } from "../../platform/userError";
import { lengthOf } from "../../tokens/documentText";
import { inSlices } from "../../tokens/slices";
import { DocumentMarks } from "../marks/documentMarks";
import { KnowledgeDecorations } from "./knowledgeDecorations";
import { type HeadingMark, type KnowledgeMark, placedHeadings, placedKnowledge } from "./knowledgeMark";
import type { FileKnowledge, KnowledgeSource } from "./knowledgeSource";
import { chooseSavedKnowledge } from "./savedKnowledge";

/** Rest after a run's events before its figures are made anew. */
const restMs = 250;
/** Longer files are not interrogated either. */
const mostUnits = 2_000_000;

/** A document that is shown with what a run found out about it. */
interface Shown {
  /** Undefined follows the panel's latest run. */
  readonly saved: FileKnowledge | undefined;
  knowledge: FileKnowledge;
  summary: InterrogationSummary | undefined;
  work: AbortController;
}

/** Shows what a model knows of documents, and follows their edits and the run that asks about them. */
export class KnowledgeMap implements Disposable {
  private readonly store = new DisposableStore();
  private readonly marks = this.store.add(new DocumentMarks<KnowledgeMark>());
  private readonly headings = this.store.add(new DocumentMarks<HeadingMark>());
  private readonly shown = new Map<TextDocument, Shown>();
  private decorations = new KnowledgeDecorations(window.activeColorTheme.kind);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: KnowledgeSource,
    private readonly log: Log,
  ) {
    for (const subscription of [
      this.marks.onDidChange((document) => this.draw(document)),
      this.headings.onDidChange((document) => this.draw(document)),
      source.onDidChange(() => {
        this.timer ??= setTimeout(() => this.followRuns(), restMs);
      }),
      window.onDidChangeVisibleTextEditors(() => this.drawAll()),
      window.onDidChangeActiveTextEditor(() => this.tellMenus()),
      onDidReallyClose((document) => this.hide(document)),
      window.onDidChangeActiveColorTheme(({ kind }) => {
        this.decorations.dispose();
        this.decorations = new KnowledgeDecorations(kind);
        this.drawAll();
      }),
    ])
      this.store.add(subscription);
  }

  /** Shows what is known of a file, by the panel's latest run or a saved one. Throws UserError where nothing can be. */
  async show(file: Uri | undefined): Promise<void> {
    const wanted = file ?? window.activeTextEditor?.document.uri;
    if (!wanted) throw new UserError(l10n.t("Open a file to see what a model knows of it."));
    const live = this.source.about(wanted);
    const saved = live ? undefined : await this.offer(wanted);
    const knowledge = live ?? saved;
    if (!knowledge) return;
    const { document } = await window.showTextDocument(wanted, { preview: false, viewColumn: columnFor(wanted) });
    if (lengthOf(document) > mostUnits) throw new UserError(l10n.t("This file is too long to be coloured."));
    this.shown.get(document)?.work.abort();
    this.shown.set(document, { saved, knowledge, summary: undefined, work: new AbortController() });
    await this.make(document);
    if (this.marks.of(document).length === 0 && !live) {
      this.hide(document);
      throw new UserError(
        l10n.t("Nothing that was asked about stands in this file any more, or nothing was asked yet."),
      );
    }
  }

  /** Takes the colours out of a document. */
  hide(document: TextDocument): void {
    const shown = this.shown.get(document);
    if (!shown) return;
    shown.work.abort();
    this.shown.delete(document);
    this.headings.set(document, []);
    this.marks.set(document, []);
    this.draw(document);
  }

  /** Those of the active editor; without any, of all. */
  hideShown(): void {
    const active = window.activeTextEditor?.document;
    for (const document of active && this.shown.has(active) ? [active] : [...this.shown.keys()]) this.hide(document);
  }

  /** The stretch at a position, with its section; a heading has a section alone. Undefined where nothing is known. */
  at(
    document: TextDocument,
    position: Position,
  ):
    | { readonly mark: KnowledgeMark | undefined; readonly section: PartSummary | undefined; readonly model: string }
    | undefined {
    const shown = this.shown.get(document);
    if (!shown) return undefined;
    const mark = this.marks.at(document, position);
    const heading = this.headings.at(document, position);
    const section = mark ? sectionOf(shown, mark.section) : heading?.section;
    if (!mark && !section) return undefined;
    const model = shown.knowledge.report.models.find(({ role }) => role === "probed")?.model.name ?? "";
    return { mark, section, model };
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const { work } of this.shown.values()) work.abort();
    this.decorations.dispose();
    this.store.dispose();
  }

  /** No run about the file is open: what else there is. */
  private async offer(file: Uri): Promise<FileKnowledge | undefined> {
    const [ask, choose] = [l10n.t("Interrogate This File"), l10n.t("Choose a Saved Run…")];
    const name = file.path.split("/").at(-1) ?? "";
    const chosen = await window.showInformationMessage(
      l10n.t("No interrogation of {0} is open.", name),
      ...[ask, choose],
    );
    if (chosen === ask) await this.source.open(file);
    return chosen === choose ? chooseSavedKnowledge(file) : undefined;
  }

  private followRuns(): void {
    this.timer = undefined;
    for (const [document, shown] of this.shown) {
      const knowledge = shown.saved ? undefined : this.source.about(document.uri);
      // A panel that was closed leaves what it showed.
      if (!knowledge || knowledge.report === shown.knowledge.report) continue;
      shown.work.abort();
      shown.work = new AbortController();
      shown.knowledge = knowledge;
      this.make(document).catch((error: unknown) => this.log.error("heat map", error));
    }
  }

  /** The figures of the run in slices, then their places in the text. */
  private async make(document: TextDocument): Promise<void> {
    const shown = this.shown.get(document);
    if (!shown) return;
    const { knowledge, work } = shown;
    const summary = await inSlices(summarising(knowledge.report), work.signal);
    if (!summary || work.signal.aborted) return;
    shown.summary = summary;
    const heat = summary.heat.filter(({ file }) => file === knowledge.file);
    const asked = new Map(summary.questions.map(({ asked: each }) => [each.id, each]));
    const sections = summary.sections.filter(({ file }) => file === knowledge.file);
    const text = document.getText();
    this.headings.set(document, placedHeadings(text, sections));
    this.marks.set(document, placedKnowledge(text, heat, asked, this.marks.of(document)));
    this.draw(document);
  }

  private drawAll(): void {
    for (const document of new Set(window.visibleTextEditors.map((editor) => editor.document))) this.draw(document);
  }

  private draw(document: TextDocument): void {
    const shown = this.shown.get(document);
    for (const editor of window.visibleTextEditors) {
      if (editor.document !== document) continue;
      if (shown) this.decorations.draw(editor, this.marks.of(document), this.headings.of(document));
      else this.decorations.clear(editor);
    }
    this.tellMenus();
  }

  private tellMenus(): void {
    const document = window.activeTextEditor?.document;
    const on = document !== undefined && this.shown.has(document);
    vscodeCommands.executeCommand("setContext", contextKeys.knowledgeShown, on);
  }
}

function sectionOf({ summary, knowledge }: Shown, name: string): PartSummary | undefined {
  return summary?.sections.find(({ file, section }) => file === knowledge.file && section === name);
}

/** Where a file is shown already it stays; a panel that asks for it is not covered. */
function columnFor(file: Uri): ViewColumn {
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === file.toString());
  if (shown) return shown.viewColumn ?? ViewColumn.Active;
  return window.tabGroups.activeTabGroup.activeTab && !window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active;
}
