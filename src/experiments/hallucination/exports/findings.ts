import { memoryAgainstPage, memoryAlone } from "../books";
import { fitReadings, type ScoreFit } from "../controls";
import { type Reading, readCell } from "../reading";
import type { HallucinationReport } from "../report";
import { entropyInterval, type Interval } from "../scores";
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
  /** Of the person's own questions that have answers. */
  readonly own: readonly Finding[];
  /** Closed books with answers, controls included. */
  readonly readings: readonly Reading[];
}

/** All that a run's exports say of its questions. */
export function findingsOf(report: HallucinationReport): Findings {
  const readings = [...report.cells.values()]
    .filter(({ book, answers }) => book === closedBook && answers.size > 0)
    .map(readCell);
  const fits = fitReadings(readings);
  const own = readings
    .filter(({ cell, answers }) => cell.of.group === "asked" && answers.length > 0)
    .map((reading) => ({
      reading,
      verdict: verdictOf(reading, fits),
      interval: entropyInterval(reading.ids, report.spec.seed),
    }));
  return { fits, own, readings };
}

/** What the answers to an item follow, book by book; the closed one first. */
export function booksOf(report: HallucinationReport, { reading }: Finding) {
  const rows = memoryAgainstPage(report, reading.cell.item);
  return rows.length === 0
    ? []
    : [{ kind: "closed" as const, page: "", reading, counts: memoryAlone(reading) }, ...rows];
}
