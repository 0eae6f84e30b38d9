import type { Disposable } from "vscode";
import type { Figures } from "../../../webview/reasoning/figures";
import type { FilterKind, ListView, QuestionRow } from "../../../webview/reasoning/questions";
import { summarising } from "../../experiments/reasoning/summary";
import { inSlices } from "../../tokens/slices";
import { Watching } from "../runs/watching";
import { figuresView } from "./figuresView";
import type { Filtered } from "./questionIndex";
import type { ReasoningRun } from "./reasoningRun";

/** What follows from a whole run: its figures and the filtered list, made in slices and not more often than they pay. */
export class RunViews implements Disposable {
  figures: Figures | null = null;
  private filter: FilterKind = "all";
  private query = "";
  private filtered: Filtered;
  private version = 0;
  private readonly watching: Watching<Figures>;
  private readonly ending = new AbortController();

  /** `changed` hears of new figures or rows. */
  constructor(
    private readonly run: ReasoningRun,
    private readonly changed: () => void,
  ) {
    const places = run.report.spec.questions.map((_, index) => index);
    this.filtered = { places, counts: { ...noCounts, all: places.length } };
    this.watching = new Watching(
      () => this.looking(),
      (figures) => {
        this.figures = figures;
        void this.filterAnew();
      },
    );
  }

  get list(): ListView {
    const [first, second] = this.run.index.compared;
    const { places, counts } = this.filtered;
    const { filter, query, version } = this;
    return { filter, query, first, second, counts: { ...counts }, total: places.length, version };
  }

  rows(from: number, count: number): { version: number; total: number; rows: QuestionRow[] } {
    const { places } = this.filtered;
    const rows = places.slice(from, from + count).map((place) => this.run.index.row(this.run.report, place));
    return { version: this.version, total: places.length, rows };
  }

  /** Place of a question in the filtered list. */
  rowOf(question: string): number | null {
    const place = this.run.index.question(question)?.index;
    const row = place === undefined ? -1 : this.filtered.places.indexOf(place);
    return row < 0 ? null : row;
  }

  async setList(filter: FilterKind, query: string): Promise<void> {
    this.filter = filter;
    this.query = query;
    await this.filterAnew();
  }

  /** Something came: looks again soon; at once where nothing more will come. */
  touch(ended: boolean): void {
    if (ended) this.watching.hurry();
    else this.watching.touch();
  }

  dispose(): void {
    this.watching.dispose();
    this.ending.abort();
  }

  private *looking(): Generator<unknown, Figures> {
    const { report } = this.run;
    const summary = yield* summarising(report);
    return figuresView(report, summary, report.ended !== "done" && report.ended !== "budget");
  }

  private async filterAnew(): Promise<void> {
    const { filter, query } = this;
    const work = this.run.index.filtered(this.run.report, filter, query);
    const found = await inSlices(work, this.ending.signal);
    // What was asked for meanwhile stands.
    if (!found || filter !== this.filter || query !== this.query) return;
    this.filtered = found;
    this.version++;
    this.changed();
  }
}

const noCounts = { all: 0, differ: 0, onlySecond: 0, onlyFirst: 0, bothWrong: 0, wrong: 0, unparsed: 0, cutOff: 0 };
