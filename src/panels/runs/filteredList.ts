import type { Disposable } from "vscode";
import { inSlices } from "../../tokens/slices";

/** What a filter and a query leave of a run's questions. */
export interface Filtered<Filter extends string, Row> {
  /** In the run's order. */
  readonly rows: readonly Row[];
  /** Questions of each filter, whatever the query. */
  readonly counts: Readonly<Record<Filter, number>>;
}

/** A window of a list's rows, as the panel asks for them. */
export interface RowWindow<View> {
  version: number;
  total: number;
  rows: View[];
}

/** Where no run is shown. */
export const noRows: RowWindow<never> = { version: 0, total: 0, rows: [] };

/** The questions of a run as they are filtered, which is done in slices. */
export class FilteredList<Filter extends string, Row> implements Disposable {
  private query = "";
  private version = 0;
  private readonly ending = new AbortController();

  /** `filtered` stands until there is something to filter; `changed` hears of other rows. */
  constructor(
    private filter: NoInfer<Filter>,
    private filtered: Filtered<Filter, Row>,
    private readonly filtering: (filter: Filter, query: string) => Generator<unknown, Filtered<Filter, Row>>,
    private readonly changed: () => void,
  ) {}

  get rows(): readonly Row[] {
    return this.filtered.rows;
  }

  get view(): { filter: Filter; query: string; counts: Record<Filter, number>; total: number; version: number } {
    const { filter, query, version, filtered } = this;
    return { filter, query, counts: { ...filtered.counts }, total: filtered.rows.length, version };
  }

  /** Rows from a place (from 0) on; `above` is the row before in the list. */
  window<View>(
    from: number,
    count: number,
    view: (row: Row, above: Row | undefined) => View | undefined,
  ): RowWindow<View> {
    const { rows: all } = this;
    const rows = all.slice(from, from + count).flatMap((row, index): View[] => {
      const made = view(row, all[from + index - 1]);
      return made === undefined ? [] : [made];
    });
    return { version: this.version, total: all.length, rows };
  }

  /** Place (from 0) of the first such row; null where the list has none. */
  placeOf(is: (row: Row) => boolean): number | null {
    const place = this.rows.findIndex(is);
    return place < 0 ? null : place;
  }

  async set(filter: Filter, query: string): Promise<void> {
    this.filter = filter;
    this.query = query;
    await this.again();
  }

  /** Filters anew: more is known of the questions. */
  async again(): Promise<void> {
    const { filter, query } = this;
    const filtered = await inSlices(this.filtering(filter, query), this.ending.signal);
    // What was asked for meanwhile stands.
    if (!filtered || filter !== this.filter || query !== this.query) return;
    this.filtered = filtered;
    this.touch();
  }

  /** Rows may have changed, not which there are. */
  touch(): void {
    this.version++;
    this.changed();
  }

  dispose(): void {
    this.ending.abort();
  }
}
