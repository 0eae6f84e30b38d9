import type { Disposable } from "vscode";
import type { Figures } from "../../../webview/hallucination/figures";
import type { FilterKind, ItemRow, ListView } from "../../../webview/hallucination/items";
import { type Calibration, calibratingReadings } from "../../experiments/hallucination/calibration";
import { fittingReadings, type ScoreFit } from "../../experiments/hallucination/controls";
import type { Reading } from "../../experiments/hallucination/reading";
import { judgeOf } from "../../experiments/hallucination/report";
import { isCalibration } from "../../experiments/hallucination/spec";
import { verdictOf } from "../../experiments/hallucination/verdict";
import { inSlices } from "../../tokens/slices";
import { Watching } from "../runs/watching";
import { figuresView, type Judged } from "./figuresView";
import { type Filtered, type Found, filtering, itemRow, noCounts } from "./itemList";
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
  private filter: FilterKind = "all";
  private query = "";
  private filtered: Filtered;
  private version = 0;
  private readonly watching: Watching<Look>;
  private readonly ending = new AbortController();

  /** `changed` hears of new figures or rows. */
  constructor(
    private readonly run: ProbeRun,
    private readonly changed: () => void,
  ) {
    const places = run.report.spec.items.map((_, place) => place);
    this.filtered = { places, counts: { ...noCounts, all: places.length } };
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
    const { filter, query, version, filtered } = this;
    return { filter, query, counts: filtered.counts, total: filtered.places.length, version };
  }

  rows(from: number, count: number): { version: number; total: number; rows: ItemRow[] } {
    const { places } = this.filtered;
    const found = this.look?.found ?? new Map();
    const rows = places.slice(from, from + count).map((place) => itemRow(this.run.report, place, found));
    return { version: this.version, total: places.length, rows };
  }

  /** Place of a question in the filtered list. */
  rowOf(item: string): number | null {
    const place = this.run.report.spec.items.findIndex(({ id }) => id === item);
    const row = place < 0 ? -1 : this.filtered.places.indexOf(place);
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

  private *looking(): Generator<void, Look> {
    const { report } = this.run;
    const readings: Reading[] = [];
    for (const cell of this.run.closed()) {
      if (cell.answers.size > 0) readings.push(this.run.read(cell));
      yield;
    }
    const fits = yield* fittingReadings(readings);
    const judged: Judged[] = [];
    for (const reading of readings) {
      judged.push({ reading, verdict: verdictOf(reading, fits) });
      yield;
    }
    const quality = judgeOf(report);
    const { samples } = report.spec;
    const open = report.spec.items.length - readings.filter(({ cell }) => cell.answers.size > samples).length;
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
    void this.filterAnew();
  }

  private async filterAnew(): Promise<void> {
    const { filter, query } = this;
    const found = this.look?.found ?? new Map();
    const work = filtering(this.run.report, found, filter, query);
    const filtered = await inSlices(work, this.ending.signal);
    // What was asked for meanwhile stands.
    if (!filtered || filter !== this.filter || query !== this.query) return;
    this.filtered = filtered;
    this.version++;
    this.changed();
  }
}
