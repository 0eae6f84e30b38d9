import { type Disposable, l10n } from "vscode";
import type { CellPage, FilterKind, NowView } from "../../../webview/suites/cases";
import type { CellId, GridView } from "../../../webview/suites/grid";
import type { Task } from "../../experiments/suites/spec";
import { DisposableStore } from "../../platform/disposables";
import { UserError } from "../../platform/userError";
import { Watching } from "../runs/watching";
import { cellPage, filteredCases, type Place } from "./cellPages";
import { makingGridView } from "./gridView";
import type { SuitesRun } from "./suitesRun";

/** What a shown run tells its session. */
export interface ShownRunEvents {
  /** There is a new grid. */
  looked(): void;
  /** Another cell or case is open. */
  turned(): void;
  /** The file can no longer be written. */
  failed(error: Error): void;
}

/** A run in a panel: its grid, and the cell and case that are open. */
export class ShownRun implements Disposable {
  private readonly store = new DisposableStore();
  private readonly watching: Watching<GridView>;
  private place: Place | undefined;
  grid: GridView | null = null;

  constructor(
    readonly open: SuitesRun,
    private readonly events: ShownRunEvents,
  ) {
    this.watching = this.store.add(
      new Watching(
        () => makingGridView(open.report),
        (grid) => {
          this.grid = grid;
          events.looked();
        },
      ),
    );
    this.store.add(open.onDidAdd(({ type }) => this.watching.touch(type === "ended")));
    this.store.add(open.onDidFail((error) => events.failed(error)));
  }

  /** The cases of the open cell; null where none is open. */
  get page(): CellPage | null {
    return this.place ? (cellPage(this.open.report, this.place) ?? null) : null;
  }

  /** The case that is open. */
  get openTask(): Task | undefined {
    const { cell, open } = this.place ?? {};
    return cell && open !== undefined ? { model: cell.model, suite: cell.suite, item: open } : undefined;
  }

  /** A case while its answers are written; null for one the run does not have. */
  nowView(task: Task, running: NowView["running"]): NowView | null {
    const suite = this.open.report.spec.suites.find(({ id }) => id === task.suite);
    const item = suite?.items.find(({ id }) => id === task.item);
    return item ? { ...task, variant: item.variant, text: item.text, running } : null;
  }

  /** Opens a cell at its first wrong case, or else its first; null closes it. */
  openCell(cell: CellId | null): void {
    const wrong = cell ? filteredCases(this.open.report, { cell, filter: "wrong" }) : undefined;
    const first = cell && (wrong?.[0] ?? filteredCases(this.open.report, { cell, filter: "all" })?.[0]);
    this.place = cell ? { cell, filter: "all", from: 0, open: first?.item.id } : undefined;
    this.events.turned();
  }

  setList(filter: FilterKind, from: number): void {
    if (this.place) this.place = { ...this.place, filter, from };
    this.events.turned();
  }

  /** By its place in the filtered list. */
  openCase(index: number): void {
    if (!this.place) return;
    const found = filteredCases(this.open.report, this.place)?.[index];
    if (found) this.place = { ...this.place, open: found.item.id };
    this.events.turned();
  }

  /** A person's own verdict; null takes it back. */
  correct(item: string, sample: number, right: boolean | null): void {
    if (!this.place) throw new UserError(l10n.t("This answer is not in the run."));
    const { suite, model } = this.place.cell;
    this.open.add({ type: "corrected", model, suite, item, sample, right });
    this.events.turned();
  }

  dispose(): void {
    this.store.dispose();
  }
}
