import { hex } from "./format";
import { type LaidPage, type Layers, runsOf } from "./stripLayout";
import { isBoxed } from "./textMeasure";
import { bytesOf, type Column, type LanePage } from "./tokenPage";
import { plain } from "./tokenText";

/** What a strip shows; a new version means that pages fetched before are out of date. */
export interface StripModel {
  readonly version: number;
  /** UTF-16 units of the text, and how many of them have tokens by now. */
  readonly length: number;
  readonly filledTo: number;
  /** Tokens of the whole text (of the first lane). */
  readonly total: number;
  /** Names of the lanes, drawn before each row when there are several. */
  readonly lanes: readonly string[];
  readonly layers: Layers;
}

/** A column of a page. */
export interface Place {
  readonly page: number;
  readonly column: number;
}

export function columnId({ page, column }: Place): string {
  return `token-${page}-${column}`;
}

/** One row: the names of the lanes if there are several, then its columns. Text is set as text alone. */
export function rowElement(laid: LaidPage, row: number, model: StripModel, gutter: number): HTMLElement {
  const element = document.createElement("div");
  element.className = "strip-row";
  element.setAttribute("role", "presentation");
  const several = laid.page.lanes.length > 1;
  if (several) element.append(laneNames(model, gutter));
  for (let i = laid.breaks[row] ?? 0; i < (laid.breaks[row + 1] ?? 0); i++) {
    const column = laid.columns[i];
    if (!column) continue;
    const drawn = several ? sharedElement(laid, column) : tokenElement(laid, column, model.layers);
    drawn.id = columnId({ page: laid.page.index, column: i });
    drawn.dataset.page = String(laid.page.index);
    drawn.dataset.column = String(i);
    drawn.setAttribute("role", "option");
    drawn.setAttribute("aria-selected", "false");
    element.append(drawn);
  }
  return element;
}

/** Stands where tokens are not known yet. */
export function waitingRow(): HTMLElement {
  const row = document.createElement("div");
  row.className = "strip-row muted";
  row.setAttribute("role", "presentation");
  row.textContent = "Tokenizing…";
  return row;
}

/** What a screen reader says of a column: "immons, id 92492, token 128 of 1,284". */
export function nameOf(laid: LaidPage | undefined, { column }: Place, model: StripModel | undefined): string {
  const found = laid?.columns[column];
  if (!laid || !found || !model) return "";
  const { lanes } = laid.page;
  const words = (lane: number) => {
    const { from, to } = found.tokens[lane] ?? { from: 0, to: 0 };
    const source = lanes[lane];
    return source ? Array.from({ length: to - from }, (_, i) => spoken(plain(runsOf(source, from + i)))) : [];
  };
  if (lanes.length > 1) return model.lanes.map((name, i) => `${name}: ${words(i).join(" | ")}`).join("; ");
  const token = found.tokens[0]?.from ?? 0;
  return `${words(0)[0]}, id ${lanes[0]?.ids[token]}, token ${(lanes[0]?.first ?? 0) + token + 1} of ${model.total}`;
}

function laneNames(model: StripModel, gutter: number): HTMLElement {
  const names = document.createElement("div");
  names.className = "strip-lanes";
  names.setAttribute("aria-hidden", "true");
  names.style.width = `${gutter}px`;
  for (const name of model.lanes) names.append(span("strip-lane", name));
  return names;
}

function tokenElement({ page }: LaidPage, column: Column, { ids, bytes }: Layers): HTMLElement {
  const lane = page.lanes[0];
  const token = column.tokens[0]?.from ?? 0;
  if (!lane) return document.createElement("span");
  const text = tokenSpan(lane, token);
  if (!ids && !bytes) return text;
  const block = span("col", "");
  block.append(text);
  if (ids) block.append(span("sub", String(lane.ids[token])));
  if (bytes) block.append(span("sub", hex(bytesOf(lane, token))));
  return block;
}

function sharedElement({ page }: LaidPage, column: Column): HTMLElement {
  const block = span(column.differs ? "col seg differs" : "col seg", "");
  for (const [i, { from, to }] of column.tokens.entries()) {
    const lane = page.lanes[i];
    if (!lane) continue;
    const line = span("line", "");
    for (let token = from; token < to; token++) line.append(tokenSpan(lane, token));
    block.append(line);
  }
  return block;
}

function tokenSpan(lane: LanePage, token: number): HTMLElement {
  const marks = lane.marks[token] ?? 0;
  const band = `b${(lane.first + token) % 6}`;
  const element = span(marks & 1 ? "tk special" : marks & 2 ? `tk template ${band}` : `tk ${band}`, "");
  for (const run of runsOf(lane, token)) {
    if (run.kind === "text") element.append(run.text);
    else element.append(span(isBoxed(run) ? "box" : "mark", run.text));
  }
  return element;
}

function span(className: string, text: string): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

/** Marks as words for a screen reader. */
function spoken(text: string): string {
  return text.replaceAll("·", " space ").replaceAll("⏎", " line end ").replaceAll("→", " tab ").trim();
}
