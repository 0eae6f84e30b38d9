import { hex } from "./format";
import type { TextMeasure } from "./textMeasure";
import { bytesOf, type Column, columnsOf, type LanePage, type TokenPage } from "./tokenPage";
import { endsLine, type Run, tokenRuns } from "./tokenText";

/** What is written under the text of each token. */
export interface Layers {
  readonly ids: boolean;
  readonly bytes: boolean;
}

/** A page broken into rows: row `r` holds the columns `[breaks[r], breaks[r + 1])`. */
export interface LaidPage {
  readonly page: TokenPage;
  readonly columns: readonly Column[];
  readonly breaks: readonly number[];
  /** Left edge of each column in its row, pixels. */
  readonly lefts: readonly number[];
}

const columnPadding = 14;
const specialPadding = 10;

/** Breaks a page into rows no wider than `width`; a row also ends after a token that ends a line. */
export function layOut(page: TokenPage, width: number, layers: Layers, measure: TextMeasure): LaidPage {
  const columns = columnsOf(page);
  const breaks = [0];
  const lefts: number[] = [];
  let left = 0;
  let broken = true;
  for (const [i, column] of columns.entries()) {
    const wide = columnWidth(page.lanes, column, layers, measure);
    if (!broken && left + wide > width) {
      breaks.push(i);
      left = 0;
    }
    lefts.push(left);
    left += wide;
    broken = lineEnds(page.lanes, column);
    if (broken && i + 1 < columns.length) {
      breaks.push(i + 1);
      left = 0;
    }
  }
  if (columns.length > 0) breaks.push(columns.length);
  return { page, columns, breaks, lefts };
}

export function rowCount({ breaks }: LaidPage): number {
  return breaks.length - 1;
}

export function rowOf({ breaks }: LaidPage, column: number): number {
  let row = 0;
  while (row + 1 < breaks.length - 1 && (breaks[row + 1] ?? 0) <= column) row++;
  return row;
}

const runsById = new WeakMap<LanePage, Map<number, Run[]>>();

/** Runs of one token; worked out once for each id of a page. */
export function runsOf(lane: LanePage, token: number): Run[] {
  const known = runsById.get(lane) ?? new Map<number, Run[]>();
  runsById.set(lane, known);
  const id = lane.ids[token] ?? 0;
  const runs = known.get(id) ?? tokenRuns(bytesOf(lane, token));
  known.set(id, runs);
  return runs;
}

function columnWidth(lanes: readonly LanePage[], column: Column, layers: Layers, measure: TextMeasure): number {
  const layered = layers.ids || layers.bytes;
  let widest = 0;
  for (const [i, { from, to }] of column.tokens.entries()) {
    const lane = lanes[i];
    if (!lane) continue;
    let wide = 0;
    for (let token = from; token < to; token++) {
      wide += measure.runs(runsOf(lane, token)) + ((lane.marks[token] ?? 0) & 1 ? specialPadding : 0);
    }
    widest = Math.max(widest, wide);
    if (layers.ids) widest = Math.max(widest, small(String(lane.ids[from]), measure));
    if (layers.bytes) widest = Math.max(widest, small(hex(bytesOf(lane, from)), measure));
  }
  return layered ? widest + columnPadding : widest;
}

function small(text: string, measure: TextMeasure): number {
  return (measure.text(text) * 11) / 13;
}

function lineEnds(lanes: readonly LanePage[], column: Column): boolean {
  return column.tokens.some(({ from, to }, i) => {
    const lane = lanes[i];
    if (!lane) return false;
    for (let token = from; token < to; token++) if (endsLine(bytesOf(lane, token))) return true;
    return false;
  });
}
