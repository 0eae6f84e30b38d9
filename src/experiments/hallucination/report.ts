import { judgeQuality } from "../judging/judgeCheck";
import type { Judgement } from "../judging/relation";
import type { PairCorrection } from "./clusters";
import {
  type AnswerEvent,
  type Cell,
  cellKey,
  closedBook,
  type HallucinationEvent,
  type HallucinationSpec,
  type Item,
} from "./spec";

/** All events of an item in a book. */
export interface CellRecord extends Cell {
  readonly of: Item;
  /** By number; the greedy one is -1. */
  readonly answers: ReadonlyMap<number, AnswerEvent>;
  /** By `pairKey`. */
  readonly judged: ReadonlyMap<string, Judgement>;
  /** By answer. */
  readonly held: ReadonlyMap<number, Judgement>;
  readonly truth: { readonly yes: number; readonly no: number } | undefined;
  /** People's marks, by answer. */
  readonly rightMarks: ReadonlyMap<number, boolean>;
  readonly refusalMarks: ReadonlyMap<number, boolean>;
  /** People's judgements of pairs, by `pairKey`, the last made last. */
  readonly pairMarks: ReadonlyMap<string, PairCorrection>;
  readonly failure: string | undefined;
}

/** All that is known of a run so far. */
export interface HallucinationReport {
  readonly spec: HallucinationSpec;
  readonly models: readonly Omit<Extract<HallucinationEvent, { type: "model" }>, "type">[];
  /** By `cellKey`, in the order they are asked; all are there from the start. */
  readonly cells: ReadonlyMap<string, CellRecord>;
  /** The judge's replies to the known pairs. */
  readonly checked: ReadonlyMap<number, Judgement>;
  readonly ended: "done" | "stopped" | undefined;
}

export function startReport(spec: HallucinationSpec): HallucinationReport {
  const cells = new Map<string, CellRecord>();
  for (const item of spec.items) {
    for (const book of [closedBook, ...(item.pages ?? []).map(({ page }) => page)]) {
      cells.set(cellKey({ item: item.id, book }), emptyCell(item, book));
    }
  }
  return { spec, models: [], cells, checked: new Map(), ended: undefined };
}

function emptyCell(item: Item, book: string): CellRecord {
  const none = new Map<never, never>();
  return {
    item: item.id,
    book,
    of: item,
    answers: none,
    judged: none,
    held: none,
    truth: undefined,
    rightMarks: none,
    refusalMarks: none,
    pairMarks: none,
    failure: undefined,
  };
}

/** The report after one more event; the given one stays as it is. Events of cells that the spec does not have are passed over. */
export function addEvent(report: HallucinationReport, event: HallucinationEvent): HallucinationReport {
  switch (event.type) {
    case "model":
      return { ...report, models: [...report.models, { role: event.role, model: event.model }] };
    case "checked":
      return { ...report, checked: new Map(report.checked).set(event.pair, event) };
    case "ended":
      return { ...report, ended: event.reason };
    default: {
      const key = cellKey(event);
      const cell = report.cells.get(key);
      if (!cell) return report;
      // A person's marks change what follows from the answers, not what was asked.
      const ended = event.type === "corrected" || event.type === "pairCorrected" ? report.ended : undefined;
      return { ...report, ended, cells: new Map(report.cells).set(key, cellWith(cell, event)) };
    }
  }
}

type CellEvent = Exclude<HallucinationEvent, { type: "model" | "checked" | "ended" }>;

/** A cell after one more of its events. */
export function cellWith(cell: CellRecord, event: CellEvent): CellRecord {
  switch (event.type) {
    case "answer":
      return { ...cell, answers: new Map(cell.answers).set(event.sample, event), failure: undefined };
    case "judged":
      return { ...cell, judged: new Map(cell.judged).set(pairKey(event.first, event.second), event) };
    case "held":
      return { ...cell, held: new Map(cell.held).set(event.sample, event) };
    case "truth":
      return { ...cell, truth: { yes: event.yes, no: event.no } };
    case "failed":
      return { ...cell, failure: event.message };
    case "corrected": {
      const marks = event.mark === "right" ? "rightMarks" : "refusalMarks";
      return { ...cell, [marks]: marked(cell[marks], event.sample, event.value) };
    }
    case "pairCorrected": {
      const { first, second, same } = event;
      const mark = same === null ? null : { first, second, same };
      return { ...cell, pairMarks: marked(cell.pairMarks, pairKey(first, second), mark) };
    }
  }
}

function marked<Key, Mark>(marks: ReadonlyMap<Key, Mark>, key: Key, value: Mark | null): ReadonlyMap<Key, Mark> {
  const next = new Map(marks);
  next.delete(key); // so that the last one made comes last
  if (value !== null) next.set(key, value);
  return next;
}

/** Names a pair of answers, in either order. */
export function pairKey(first: number, second: number): string {
  return first < second ? `${first} ${second}` : `${second} ${first}`;
}

/** Whether the judge is believed: undefined before it was tried, or without one. */
export function judgeOf({ spec, checked }: HallucinationReport): ReturnType<typeof judgeQuality> {
  return spec.judge === null ? undefined : judgeQuality(checked);
}
