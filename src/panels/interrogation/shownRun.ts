import { type Disposable, l10n } from "vscode";
import type { ExportOptions, ExportView, Figures } from "../../../webview/interrogation/figures";
import type {
  AnswerId,
  DocumentView,
  FilesView,
  FilterKind,
  HeatView,
  ListView,
  QuestionPage,
  ReviewRow,
} from "../../../webview/interrogation/review";
import { documentText } from "../../experiments/interrogation/document";
import type { InterrogationReport } from "../../experiments/interrogation/report";
import type { InterrogationEvent } from "../../experiments/interrogation/spec";
import { type DecidedQuestion, type InterrogationSummary, summarising } from "../../experiments/interrogation/summary";
import { DisposableStore } from "../../platform/disposables";
import { UserError } from "../../platform/userError";
import { inSlices } from "../../tokens/slices";
import { FilteredList, type RowWindow } from "../runs/filteredList";
import type { LiveAnswers } from "../runs/liveAnswers";
import { Watching } from "../runs/watching";
import { exportView, figuresView, filesView, heatView } from "./figuresView";
import type { InterrogationRun } from "./interrogationRun";
import { questionPage } from "./pageView";
import { inTextOrder, listing, type Numbered, noneListed, reviewRow } from "./reviewList";

/** What a shown run tells its session. */
export interface ShownRunEvents {
  /** There are new figures or rows. */
  looked(): void;
  added(event: InterrogationEvent): void;
  /** The file can no longer be written. */
  failed(error: Error): void;
  /** The open question is another one, or something happened to it. */
  turned(): void;
  /** Another file's text is shown. */
  leafed(): void;
}

interface Look {
  readonly report: InterrogationReport;
  readonly summary: InterrogationSummary;
  readonly ordered: readonly DecidedQuestion[];
  readonly exported: ExportView;
}

/** A run in a panel: what follows from it, the list as it is filtered, the question and the file that are open. */
export class ShownRun implements Disposable {
  private readonly store = new DisposableStore();
  private readonly watching: Watching<Look>;
  private look: Look | undefined;
  private readonly filtered: FilteredList<FilterKind, Numbered>;
  private readonly ending = new AbortController();
  /** Id of the open question. */
  private page: string | null = null;
  private file: string;
  private text: DocumentView | undefined;
  private chosen: ExportOptions;
  private exported: ExportView | null = null;

  constructor(
    readonly open: InterrogationRun,
    private readonly events: ShownRunEvents,
  ) {
    const { spec } = open.report;
    this.file = spec.snippets[0]!.file;
    this.chosen = { validation: 0.2, seed: spec.seed, onlyAccepted: false };
    this.filtered = this.store.add(
      new FilteredList(
        "all",
        noneListed,
        (filter, query) => listing(this.look?.ordered ?? [], filter, query),
        () => events.looked(),
      ),
    );
    this.store.add(open.onDidAdd((event) => this.added(event)));
    this.store.add(open.onDidFail((error) => events.failed(error)));
    this.watching = this.store.add(
      new Watching(
        () => this.looking(),
        (look) => this.seen(look),
      ),
    );
  }

  get figures(): Figures | null {
    return this.look ? figuresView(this.look.report, this.look.summary) : null;
  }

  /** What the data set would hold; null before the first look. */
  get export(): ExportView | null {
    return this.exported;
  }

  get options(): ExportOptions {
    return this.chosen;
  }

  async setExport(options: ExportOptions): Promise<void> {
    this.chosen = options;
    const exported = await inSlices(exportView(this.open.report, options), this.ending.signal);
    // What was asked for meanwhile stands.
    if (!exported || options !== this.chosen) return;
    this.exported = exported;
    this.events.looked();
  }

  get files(): FilesView {
    return this.look ? filesView(this.open.report, this.look.summary) : [];
  }

  get heat(): HeatView {
    return this.look ? heatView(this.look.summary, this.file) : [];
  }

  get document(): DocumentView {
    this.text ??= { file: this.file, ...mutable(documentText(this.open.report.spec, this.file)) };
    return this.text;
  }

  get list(): ListView {
    const manyFiles = this.open.report.spec.snippets.some(({ file }, _, [first]) => file !== first!.file);
    return { ...this.filtered.view, manyFiles };
  }

  pageView(live: LiveAnswers<AnswerId>): QuestionPage | null {
    const asked = this.page === null ? undefined : this.open.report.questions.get(this.page);
    if (!asked) return null;
    const place = this.look?.ordered.findIndex((each) => each.asked.id === asked.id) ?? -1;
    const number = place < 0 ? this.open.report.questions.size : place + 1;
    return questionPage(this.open.report, asked, number, live.shown());
  }

  /** None where its run was saved before tokens were recorded. */
  tokensOf({ question, sample }: AnswerId): { tokens: string[]; logProbs: (number | null)[] } {
    const answer = this.open.report.questions.get(question)?.answers.get(sample);
    if (!answer) throw new UserError(l10n.t("This answer is not in the run."));
    return { tokens: answer.pieces ?? [], logProbs: answer.logProbs ?? [] };
  }

  /** Id of the open question; null for none. */
  get question(): string | null {
    return this.page;
  }

  rows(from: number, count: number): RowWindow<ReviewRow> {
    return this.filtered.window(from, count, (each, above) => reviewRow(this.open.report, each, above));
  }

  /** Place of a question in the filtered list. */
  rowOf(question: string): number | null {
    return this.filtered.placeOf(({ id }) => id === question);
  }

  /** The question so many rows from the open one, or at the end of the list that lies there; the first where none is open. */
  neighbour(rows: number): Numbered | undefined {
    const { rows: all } = this.filtered;
    const from = this.page === null ? null : this.rowOf(this.page);
    if (from === null) return rows < 0 ? all.at(-1) : all[0];
    return all[Math.min(all.length - 1, Math.max(0, from + rows))];
  }

  setList(filter: FilterKind, query: string): Promise<void> {
    return this.filtered.set(filter, query);
  }

  openQuestion(id: string | null): void {
    this.page = id;
    const file = id === null ? undefined : this.open.report.questions.get(id)?.snippet.file;
    if (file !== undefined) this.openFile(file);
    this.events.turned();
  }

  openFile(file: string): void {
    if (file === this.file || !this.open.report.spec.snippets.some((each) => each.file === file)) return;
    this.file = file;
    this.text = undefined;
    this.events.leafed();
  }

  dispose(): void {
    this.ending.abort();
    this.store.dispose();
  }

  private *looking(): Generator<void, Look> {
    // One report for all: what comes meanwhile is in the next look.
    const { report } = this.open;
    const summary = yield* summarising(report);
    const ordered = yield* inTextOrder(report, summary.questions);
    const exported = yield* exportView(report, this.chosen);
    return { report, summary, ordered, exported };
  }

  private seen(look: Look): void {
    this.look = look;
    if (look.exported.options === this.chosen) this.exported = look.exported;
    this.events.looked();
    void this.filtered.again();
  }

  private added(event: InterrogationEvent): void {
    this.watching.touch(event.type === "ended");
    const { step } = this.open.report;
    // Rows are made when they are asked for: what a person did is seen at once, who is in the list a moment later.
    if (event.type === "undone" || ("question" in event && step?.question === event.question)) this.filtered.touch();
    if (event.type === "undone" || ("question" in event && event.question === this.page)) this.events.turned();
    this.events.added(event);
  }
}

function mutable({ text, headings }: ReturnType<typeof documentText>): Pick<DocumentView, "text" | "headings"> {
  return { text, headings: [...headings] };
}
