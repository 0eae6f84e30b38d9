export interface RowWindow {
  /** The rows to draw, from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
}

/** Which of `total` rows of one height are near the view, with `margin` rows beyond it on either side. */
export function rowWindow(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  total: number,
  margin = 12,
): RowWindow {
  const first = Math.max(0, Math.min(total, Math.floor(scrollTop / rowHeight) - margin));
  const end = Math.min(total, Math.ceil((scrollTop + viewHeight) / rowHeight) + margin);
  return { first, end: Math.max(first, end) };
}
