import { memoryAgainstPage, memoryAlone } from "../books";
import { fittingReadings, type ScoreFit } from "../controls";
import { type Reading, readCell, wholeIn } from "../reading";
import type { HallucinationReport } from "../report";
import { type Interval, resamplingEntropy } from "../scores";
import { closedBook } from "../spec";
import { type KnowingVerdict, verdictOf } from "../verdict";

/** A person's question with what was found of it. */
export interface Finding {
  readonly reading: Reading;
  readonly verdict: KnowingVerdict;
  /** Of its semantic entropy. */
  readonly interval: Interval;
}

export interface Findings {
  readonly fits: readonly ScoreFit[];
  /** Of the person's own questions that have all their answers. */
  readonly own: readonly Finding[];
  /** Closed books with all their answers, controls included. */
  readonly readings: readonly Reading[];
}

/** All that a run's exports say of its questions. Yields now and then, for `inSlices`. */
export function* finding(report: HallucinationReport): Generator<void, Findings> {
  const readings: Reading[] = [];
  const isWhole = wholeIn(report);
  for (const cell of report.cells.values()) {
    const reading = cell.book === closedBook ? readCell(cell) : undefined;
    if (reading && isWhole(reading)) readings.push(reading);
    yield;
  }
  const fits = yield* fittingReadings(readings);
  const own: Finding[] = [];
  for (const reading of readings) {
    if (reading.cell.of.group !== "asked" || reading.answers.length === 0) continue;
    const interval = yield* resamplingEntropy(reading.ids, report.spec.seed);
    own.push({ reading, verdict: verdictOf(reading, fits), interval });
  }
  return { fits, own, readings };
}

/** What the answers to an item follow, book by book; the closed one first. */
export function booksOf(report: HallucinationReport, { reading }: Finding) {
  const rows = memoryAgainstPage(report, reading.cell.item);
  return rows.length === 0
    ? []
    : [{ kind: "closed" as const, page: "", reading, counts: memoryAlone(reading) }, ...rows];
}
