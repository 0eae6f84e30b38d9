import type { Disposable } from "vscode";
import type { Figures } from "../../../webview/hallucination/figures";
import type { FilterKind, ItemRow, ListView } from "../../../webview/hallucination/items";
import { type Calibration, calibratingReadings } from "../../experiments/hallucination/calibration";
import { fittingReadings, type ScoreFit } from "../../experiments/hallucination/controls";
import { type Reading, wholeIn } from "../../experiments/hallucination/reading";
import { judgeOf } from "../../experiments/hallucination/report";
import { isCalibration } from "../../experiments/hallucination/spec";
import { verdictOf } from "../../experiments/hallucination/verdict";
import { FilteredList, type RowWindow } from "../runs/filteredList";
import { Watching } from "../runs/watching";
import { figuresView, type Judged } from "./figuresView";
import { type Found, filtering, itemRow, unfiltered } from "./itemList";
import type { ProbeRun } from "./probeRun";

interface Look {
  readonly fits: readonly ScoreFit[];
  readonly found: Found;
  readonly figures: Figures;
  readonly calibration: Calibration | undefined;
}

/** What follows from a whole probe: scores beside their controls, verdicts, the list; looked at in slices. */
export class ProbeViews implements Disposable {
  private look: Look | undefined;
  private readonly filtered: FilteredList<FilterKind, number>;
  private readonly watching: Watching<Look>;

  /** `changed` hears of new figures or rows. */
  constructor(
    private readonly run: ProbeRun,
    private readonly changed: () => void,
  ) {
    this.filtered = new FilteredList(
      "all",
      unfiltered(run.report),
      (filter, query) => filtering(run.report, this.found, filter, query),
      changed,
    );
    this.watching = new Watching(
      () => this.looking(),
      (look) => this.seen(look),
    );
  }

  get figures(): Figures | null {
    return this.look?.figures ?? null;
  }

  get fits(): readonly ScoreFit[] {
    return this.look?.fits ?? [];
  }

  get calibration(): Calibration | undefined {
    return this.look?.calibration;
  }

  get list(): ListView {
    return this.filtered.view;
  }

  rows(from: number, count: number): RowWindow<ItemRow> {
    return this.filtered.window(from, count, (place) => itemRow(this.run.report, place, this.found));
  }

  /** Place of a question in the filtered list. */
  rowOf(item: string): number | null {
    const place = this.run.report.spec.items.findIndex(({ id }) => id === item);
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

  private *looking(): Generator<void, Look> {
    const { report } = this.run;
    const readings: Reading[] = [];
    const isWhole = wholeIn(report);
    for (const cell of this.run.closed()) {
      const reading = this.run.read(cell);
      if (isWhole(reading)) readings.push(reading);
      yield;
    }
    const fits = yield* fittingReadings(readings);
    const judged: Judged[] = [];
    for (const reading of readings) {
      judged.push({ reading, verdict: verdictOf(reading, fits) });
      yield;
    }
    const quality = judgeOf(report);
    const open = report.spec.items.length - readings.length;
    const figures = figuresView({
      ...{ judged, fits, open },
      judge: quality ? { ...quality } : null,
      provisional: report.ended !== "done",
    });
    yield;
    const calibrated = isCalibration(report.spec) && readings.length > 0;
    const calibration = calibrated ? yield* calibratingReadings(readings) : undefined;
    return { fits, figures, calibration, found: new Map(judged.map((each) => [each.reading.cell.item, each])) };
  }

  private seen(look: Look): void {
    this.look = look;
    this.changed();
    void this.filtered.again();
  }

  private get found(): Found {
    return this.look?.found ?? new Map();
  }
}
