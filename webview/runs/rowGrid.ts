import { html, nothing, type TemplateResult } from "lit";
import { count } from "../ui/format";
import { rowWindow } from "../ui/rowWindow";
import { setBox } from "../ui/setBox";
import type { RowCache } from "./rowCache";

/** CSS pixels; experiment.css. */
export const rowHeight = 24;

export interface RowGrid<Row> {
  /** Of the element; rows are "row-N". */
  readonly id: string;
  /** For screen readers: "Questions". */
  readonly name: string;
  /** "How many columns, and how wide" is the style sheet's: a class of the grid. */
  readonly look: string;
  readonly rows: RowCache<Row>;
  readonly total: number;
  /** Rises when rows may have changed. */
  readonly version: number;
  /** Rows seen at once. */
  readonly viewRows: number;
  /** How far it is scrolled, CSS pixels. */
  readonly scrollTop: number;
  /** Row that keys start from; -1 before the first. */
  readonly at: number;
  /** Cells of the head, with the role of column headers. */
  readonly head: TemplateResult;
  /** Cells of a row, with the role of grid cells. */
  cells(row: Row): TemplateResult;
  isOpen(row: Row): boolean;
  open(index: number): void;
  /** Enter: to what the open row shows. */
  enter(): void;
  scrolled(top: number): void;
}

/** A list of any number of rows of one height, of which those in view are drawn; arrows, J, K, Home and End move in it. */
export function rowGrid<Row>(grid: RowGrid<Row>): TemplateResult {
  const { rows, total, version, viewRows, scrollTop } = grid;
  const viewHeight = Math.min(viewRows, Math.max(1, total)) * rowHeight;
  const { first, end } = rowWindow(scrollTop, viewHeight, rowHeight, total);
  rows.want(first, end, total, version);
  const indexes = Array.from({ length: end - first }, (_, at) => first + at);
  const openAt = indexes.find((index) => {
    const row = rows.at(index);
    return row !== undefined && grid.isOpen(row);
  });
  return html`<div
    class="ql ${grid.look}"
    id=${grid.id}
    role="grid"
    tabindex="0"
    aria-label="${grid.name}, ${count(total)} of them; arrow keys move, Home and End go to the ends"
    aria-rowcount=${total + 1}
    aria-activedescendant=${openAt === undefined ? nothing : `row-${openAt}`}
    data-region
    ${setBox({ height: viewHeight + rowHeight })}
    @scroll=${(event: Event) => grid.scrolled((event.currentTarget as HTMLElement).scrollTop)}
    @keydown=${(event: KeyboardEvent) => keys(event, grid)}
  >
    <div class="ql-row ql-head" role="row" aria-rowindex="1">${grid.head}</div>
    <div class="spacer" role="presentation" ${setBox({ height: first * rowHeight })}></div>
    ${indexes.map((index) => drawRow(grid, index))}
    <div class="spacer" role="presentation" ${setBox({ height: Math.max(0, total - end) * rowHeight })}></div>
  </div>`;
}

function drawRow<Row>(grid: RowGrid<Row>, index: number): TemplateResult {
  const row = grid.rows.at(index);
  if (row === undefined) {
    return html`<div class="ql-row" role="row" aria-rowindex=${index + 2}><span role="gridcell"></span></div>`;
  }
  return html`<div
    class="ql-row"
    role="row"
    id="row-${index}"
    aria-rowindex=${index + 2}
    aria-selected=${grid.isOpen(row) ? "true" : "false"}
    @click=${() => grid.open(index)}
  >
    ${grid.cells(row)}
  </div>`;
}

function keys<Row>(event: KeyboardEvent, grid: RowGrid<Row>): void {
  const { at, total, viewRows } = grid;
  if (event.ctrlKey || event.altKey || event.metaKey || total === 0) return;
  const to: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    j: at + 1,
    ArrowUp: at - 1,
    k: at - 1,
    PageDown: at + viewRows - 1,
    PageUp: at - viewRows + 1,
    Home: 0,
    End: total - 1,
    Enter: at,
  };
  const wanted = to[event.key];
  if (wanted === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Enter") {
    grid.enter();
    return;
  }
  const index = Math.min(total - 1, Math.max(0, wanted));
  revealRow(event.currentTarget as HTMLElement, index);
  grid.open(index);
}

/** Scrolls as little as needed to show a row below the head. */
export function revealRow(list: HTMLElement, index: number): void {
  const top = index * rowHeight;
  const room = list.clientHeight - 2 * rowHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top > list.scrollTop + room) list.scrollTop = top - room;
}
