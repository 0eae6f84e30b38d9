/** The grid of suites by models as the host sends it; null in place of what JSON cannot say (a rate of no trials). */
import * as v from "valibot";
import { difference, pairedCounts, rate } from "../runs/rates";

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Names a cell: a suite asked one way of one model. */
export const cellId = v.object({ suite: v.string(), variant: v.string(), model: v.string() });
export type CellId = v.InferOutput<typeof cellId>;

const cell = v.object({
  ...cellId.entries,
  /** Of all graded answers, with cases as the unit. */
  right: rate,
  /** Which side of one half the whole interval lies on; "few": under 30 cases, which are counted. */
  edge: v.picklist(["mostlyWrong", "mostlyRight", "between", "few", "ungraded"]),
  /** Cases with an answer, of how many; those that could not be asked. */
  answered: natural,
  cases: natural,
  failed: natural,
});
export type CellView = v.InferOutput<typeof cell>;

export const grid = v.object({
  /** A row for each suite and way, its cells in the order of the run's models. */
  rows: v.array(v.object({ suite: v.string(), name: v.string(), variant: v.string(), cells: v.array(cell) })),
  /** What each model's column shows. */
  findings: v.array(v.object({ model: v.string(), key: v.string(), rest: v.string() })),
  /** Not all is answered. */
  provisional: v.boolean(),
});
export type GridView = v.InferOutput<typeof grid>;

/** What changed since another run, on the cases that both have. */
export const changes = v.object({
  /** The other run's file. */
  name: v.string(),
  created: v.string(),
  key: v.string(),
  rest: v.string(),
  rows: v.array(
    v.object({
      ...cellId.entries,
      name: v.string(),
      before: rate,
      now: rate,
      /** Now less before. */
      difference,
      counts: pairedCounts,
      p: v.number(),
      /** Enough cases, and more than chance would do. */
      shown: v.boolean(),
    }),
  ),
});
export type ChangesView = v.InferOutput<typeof changes>;
