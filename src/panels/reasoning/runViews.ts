import type { Disposable } from "vscode";
import type { Figures } from "../../../webview/reasoning/figures";
import type { FilterKind, ListView, QuestionRow } from "../../../webview/reasoning/questions";
import { summarising } from "../../experiments/reasoning/summary";
import { FilteredList, type RowWindow } from "../runs/filteredList";
import { Watching } from "../runs/watching";
import { figuresView } from "./figuresView";
import type { ReasoningRun } from "./reasoningRun";

/** What follows from a whole run: its figures and the filtered list, made in slices and not more often than they pay. */
export class RunViews implements Disposable {
  figures: Figures | null = null;
  private readonly filtered: FilteredList<FilterKind, number>;
  private readonly watching: Watching<Figures>;

  /** `changed` hears of new figures or rows. */
  constructor(
    private readonly run: ReasoningRun,
    changed: () => void,
  ) {
    const places = [...run.report.spec.questions.keys()];
    this.filtered = new FilteredList(
      "all",
      { rows: places, counts: { ...noCounts, all: places.length } },
      (filter, query) => run.index.filtered(run.report, filter, query),
      changed,
    );
    this.watching = new Watching(
      () => this.looking(),
      (figures) => {
        this.figures = figures;
        void this.filtered.again();
      },
    );
  }

  get list(): ListView {
    const [first, second] = this.run.index.compared;
    return { ...this.filtered.view, first, second };
  }

  rows(from: number, count: number): RowWindow<QuestionRow> {
    return this.filtered.window(from, count, (place) => this.run.index.row(this.run.report, place));
  }

  /** Place of a question in the filtered list. */
  rowOf(question: string): number | null {
    const place = this.run.index.question(question)?.index;
    return this.filtered.placeOf((each) => each === place);
  }

  setList(filter: FilterKind, query: string): Promise<void> {
    return this.filtered.set(filter, query);
  }

  /** Something came: looks again soon; at once where nothing more will come. */
  touch(ended: boolean): void {
    this.watching.touch(ended);
  }

  dispose(): void {
    this.watching.dispose();
    this.filtered.dispose();
  }

  private *looking(): Generator<unknown, Figures> {
    const { report } = this.run;
    const summary = yield* summarising(report);
    return figuresView(report, summary, report.ended !== "done" && report.ended !== "budget");
  }
}

const noCounts = { all: 0, differ: 0, onlySecond: 0, onlyFirst: 0, bothWrong: 0, wrong: 0, unparsed: 0, cutOff: 0 };
