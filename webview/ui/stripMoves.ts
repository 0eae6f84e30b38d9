import { rowCount, rowOf } from "./stripLayout";
import type { StripPages } from "./stripPages";
import type { Place } from "./stripRows";

/** Where a key leads: to a column, or to an offset whose page has to be fetched first. */
export type Target = { readonly place: Place } | { readonly offset: number };

/** The column before or after; undefined at the ends of the text. */
export function columnBeside(pages: StripPages, from: Place, by: 1 | -1, length: number): Target | undefined {
  const laid = pages.laid(from.page);
  if (!laid) return undefined;
  const column = from.column + by;
  if (column >= 0 && column < laid.columns.length) return { place: { page: from.page, column } };
  if (by > 0) return laid.page.end < length ? { offset: laid.page.end } : undefined;
  return laid.page.start > 0 ? { offset: laid.page.start - 1 } : undefined;
}

/** The column `by` rows further down (up where negative) that stands at the same distance from the left. */
export function columnBelow(pages: StripPages, from: Place, by: number, pageCount: number): Target | undefined {
  let laid = pages.laid(from.page);
  if (!laid) return undefined;
  const left = laid.lefts[from.column] ?? 0;
  let { page } = from;
  let row = rowOf(laid, from.column) + by;
  while (row < 0 && page > 0) {
    const before = pages.ready(page - 1);
    if (!before) return { offset: laid.page.start - 1 };
    page--;
    laid = before;
    row += rowCount(before);
  }
  while (row >= rowCount(laid) && page + 1 < pageCount) {
    const after = pages.ready(page + 1);
    if (!after) return { offset: laid.page.end };
    page++;
    row -= rowCount(laid);
    laid = after;
  }
  row = Math.min(Math.max(row, 0), rowCount(laid) - 1);
  let column = laid.breaks[row] ?? 0;
  const last = (laid.breaks[row + 1] ?? 1) - 1;
  while (column < last && (laid.lefts[column + 1] ?? 0) <= left) column++;
  return { place: { page, column } };
}
