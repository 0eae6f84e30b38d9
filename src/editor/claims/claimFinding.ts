import { fitReadings, type ScoreFit } from "../../experiments/hallucination/controls";
import { type Reading, readCell } from "../../experiments/hallucination/reading";
import type { CellRecord, HallucinationReport } from "../../experiments/hallucination/report";
import { cellKey, closedBook } from "../../experiments/hallucination/spec";
import { type KnowingVerdict, verdictOf } from "../../experiments/hallucination/verdict";
import type { ModelFacts } from "../../inference/engine";
import type { ClaimPlan } from "./claimPlan";

/** What came of probing a claim. */
export interface ClaimFinding {
  readonly reading: Reading;
  readonly verdict: KnowingVerdict;
  readonly model: Pick<ModelFacts, "name">;
  /** Why the model could not be asked. */
  readonly failure: string | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What the controls say, computed once for each kind of thing: they are asked before the claims. */
export type FitsOfKinds = ReadonlyMap<string, readonly ScoreFit[]>;

export function fitsOf({ groups }: ClaimPlan, report: HallucinationReport): FitsOfKinds {
  return new Map(
    groups.map(({ kind, controls }) => [kind, fitReadings([...controls].map((id) => readCell(cellOf(report, id))))]),
  );
}

/** What is known of a claim; undefined before its answers are there. */
export function findingOf(
  { groups }: ClaimPlan,
  report: HallucinationReport,
  fits: FitsOfKinds,
  claim: string,
  at: number,
): ClaimFinding | undefined {
  const cell = cellOf(report, claim);
  const model = report.models.find(({ role }) => role === "probed")?.model;
  if (!model || (cell.failure === undefined && cell.answers.size <= report.spec.samples)) return undefined;
  const kind = groups.find(({ claims }) => claims.has(claim))?.kind;
  const reading = readCell(cell);
  const verdict = verdictOf(reading, (kind && fits.get(kind)) ?? []);
  return { reading, verdict, model, failure: cell.failure, at };
}

function cellOf(report: HallucinationReport, item: string): CellRecord {
  const cell = report.cells.get(cellKey({ item, book: closedBook }));
  if (!cell) throw new Error(`no item ${item}`);
  return cell;
}
