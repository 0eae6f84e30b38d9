interface Window<Row> {
  readonly version: number;
  readonly total: number;
  readonly rows: readonly Row[];
}

/** Rows are fetched beyond the view, so that scrolling a little asks for nothing. */
const margin = 40;

/**
 * Rows of the list that are near the view. What changed is asked for again and shown as it was until the answer comes:
 * a list that blinks while a run goes on cannot be read.
 */
export class RowCache<Row> {
  private rows = new Map<number, Row>();
  /** Versions of the rows in `rows`, by index. */
  private versions = new Map<number, number>();
  private asking = false;
  private generation = 0;

  constructor(
    private readonly ask: (from: number, count: number) => Promise<Window<Row>>,
    private readonly changed: () => void,
    private readonly failed: (error: unknown) => void,
  ) {}

  at(index: number): Row | undefined {
    return this.rows.get(index);
  }

  /** Sees to it that the rows `[first, end)` are those of `version`, one request at a time. */
  want(first: number, end: number, total: number, version: number): void {
    if (this.asking) return;
    const missing = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at).some(
      (index) => this.versions.get(index) !== version,
    );
    if (!missing) return;
    const from = Math.max(0, first - margin);
    const count = Math.min(total - from, end - first + 2 * margin, 500);
    this.asking = true;
    const { generation } = this;
    this.ask(from, count).then(
      (window) => {
        this.asking = false;
        if (generation === this.generation) this.take(from, count, window);
        this.changed();
      },
      (error: unknown) => {
        this.asking = false;
        // Not asked again until the list has changed, or each drawing would bring the same failure.
        for (let at = 0; at < count; at++) this.versions.set(from + at, version);
        this.failed(error);
      },
    );
  }

  /** Forgets all rows: another list. */
  clear(): void {
    this.generation++;
    this.rows = new Map();
    this.versions = new Map();
  }

  private take(from: number, count: number, { version, rows }: Window<Row>): void {
    for (let at = 0; at < count; at++) {
      const row = rows[at];
      // A row that is not there any more is not asked for again.
      this.versions.set(from + at, version);
      if (row) this.rows.set(from + at, row);
      else this.rows.delete(from + at);
    }
  }
}
