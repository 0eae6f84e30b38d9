/** Scrolling as little as needed, within a list or a text and never the page around it. */
import type { RowPlaces } from "./rowPlaces";

/** Shows a row of the list, which lies below the list's head. */
export function revealRow(list: HTMLElement, places: RowPlaces, row: number): void {
  const head = list.querySelector<HTMLElement>(".ql-head")?.offsetHeight ?? 0;
  const top = places.top(row);
  const bottom = top + places.heightOf(row);
  if (top < list.scrollTop) list.scrollTop = top;
  else if (bottom > list.scrollTop + list.clientHeight - head) list.scrollTop = bottom - list.clientHeight + head;
}

/**
 * Shows the marked stretch of a text, or the block it will stand in, where that is too far away to be drawn. True when the
 * stretch itself is there, or nothing is.
 */
export function revealMarked(text: HTMLElement, block: number): boolean {
  const mark = text.querySelector("mark");
  const target = mark ?? text.querySelector(`[data-block="${block}"]`);
  if (!target) return true;
  const [seen, wanted] = [text.getBoundingClientRect(), target.getBoundingClientRect()];
  if (wanted.top < seen.top || wanted.bottom > seen.bottom) text.scrollTop += wanted.top - seen.top - seen.height / 3;
  return mark !== null;
}
