/** Heights of the review's rows: some have a heading above them, which is known once they have come. Pure. */

export const rowHeight = 24;
/** What a heading adds to its row. */
export const headingHeight = 28;

/** Where the rows of a list of any length lie, CSS pixels. Rows that have not come count as rows without a heading. */
export class RowPlaces {
  /** Rows with a heading, ascending. */
  private readonly headings: readonly number[];

  constructor(
    readonly total: number,
    headings: Iterable<number>,
  ) {
    this.headings = [...headings].filter((row) => row < total).sort((a, b) => a - b);
  }

  get height(): number {
    return this.total * rowHeight + this.headings.length * headingHeight;
  }

  /** Upper edge of a row, above its heading. */
  top(row: number): number {
    return row * rowHeight + this.headingsBefore(row) * headingHeight;
  }

  heightOf(row: number): number {
    return rowHeight + (this.headings[this.headingsBefore(row)] === row ? headingHeight : 0);
  }

  /** The rows to draw, from `first` to before `end`: those in view with `margin` rows on either side. */
  window(scrollTop: number, viewHeight: number, margin = 12): { readonly first: number; readonly end: number } {
    const first = Math.max(0, this.at(scrollTop) - margin);
    const end = Math.min(this.total, this.at(scrollTop + viewHeight) + 1 + margin);
    return { first, end: Math.max(first, end) };
  }

  /** The row at a height. */
  private at(height: number): number {
    let [low, high] = [0, Math.max(0, this.total - 1)];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.top(middle) <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private headingsBefore(row: number): number {
    let [low, high] = [0, this.headings.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.headings[middle]! < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
