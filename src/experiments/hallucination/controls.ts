import { drained } from "../drained";
import { type Area, aurocInterval } from "../statistics/auroc";
import { quantile } from "../statistics/bootstrap";
import { type Reading, readCell, type Scores } from "./reading";
import type { HallucinationReport } from "./report";
import { closedBook } from "./spec";

/** Scores that may tell knowing from making up. */
export const scoreNames = ["semanticEntropy", "naiveEntropy", "greedySurprisal", "truth", "refusals"] as const;
export type ScoreName = (typeof scoreNames)[number];

/** A score's own number; undefined where there is none. P(True) as a probability, refusals as their share. */
export function scoreOf(scores: Scores, name: ScoreName): number | undefined {
  if (name === "truth") return scores.truth?.probability;
  if (name === "refusals") return scores.refusals.trials > 0 ? scores.refusals.rate : undefined;
  return scores[name];
}

/** Turns a score so that more means making up. */
export function towardsInvention(name: ScoreName, value: number): number {
  return name === "truth" ? -value : value;
}

/** Least median probability of saying True or False at all for P(True) to be an opinion. */
export const enoughTruthMass = 0.5;

/** Below this area a score does not separate its controls, and the probe says that it cannot tell. */
export const separates = 0.7;
/** Fewer controls than this on either side fit nothing. */
export const fewestControls = 5;

/** What the controls say of a score. */
export interface ScoreFit {
  readonly name: ScoreName;
  /** Values of the controls, ascending. */
  readonly known: readonly number[];
  readonly invented: readonly number[];
  /** How well the score tells invented from known. */
  readonly area: Area;
  readonly knownMedian: number;
  readonly inventedMedian: number;
  /** Midway between the medians: beyond it, on the invented side, an answer scores like a made-up one. */
  readonly threshold: number;
  /**
   * Of P(True): the controls' median probability of saying True or False at all. Under a half the model does not answer the
   * question, and what is renormalized over the two is no opinion. Undefined for other scores.
   */
  readonly mass: number | undefined;
  /** Enough controls on both sides, an area of at least `separates`, and for P(True) a mass of at least a half. */
  readonly usable: boolean;
}

/** Fits every score to the run's controls, closed book. Scores without values are left out. */
export function fitControls(report: HallucinationReport): ScoreFit[] {
  const readings = [...report.cells.values()].filter(({ book }) => book === closedBook).map(readCell);
  return fitReadings(readings);
}

export function fitReadings(readings: readonly Reading[]): ScoreFit[] {
  return drained(fittingReadings(readings));
}

/** The same with pauses. */
export function* fittingReadings(readings: readonly Reading[]): Generator<void, ScoreFit[]> {
  const masses = readings
    .filter(({ cell }) => cell.of.group !== "asked")
    .flatMap(({ scores }) => scores.truth?.mass ?? []);
  const medianMass = quantile(
    masses.sort((a, b) => a - b),
    0.5,
  );
  const fits: ScoreFit[] = [];
  for (const name of scoreNames) {
    const fit = fitOf(name, readings, medianMass);
    if (fit) fits.push(fit);
    yield;
  }
  return fits;
}

/** Undefined where one side has no values. */
function fitOf(name: ScoreName, readings: readonly Reading[], medianMass: number): ScoreFit | undefined {
  const of = (group: "known" | "invented"): number[] =>
    readings
      .filter(({ cell }) => cell.of.group === group)
      .map(({ scores }) => scoreOf(scores, name))
      .filter((value) => value !== undefined)
      .sort((a, b) => a - b);
  const [known, invented] = [of("known"), of("invented")];
  if (known.length === 0 || invented.length === 0) return undefined;
  const turned = (values: readonly number[]): number[] => values.map((value) => towardsInvention(name, value));
  const area = aurocInterval(turned(invented), turned(known));
  const [knownMedian, inventedMedian] = [quantile(known, 0.5), quantile(invented, 0.5)];
  const enough = Math.min(known.length, invented.length) >= fewestControls;
  const apart = towardsInvention(name, inventedMedian) > towardsInvention(name, knownMedian);
  return {
    name,
    known,
    invented,
    area,
    knownMedian,
    inventedMedian,
    threshold: (knownMedian + inventedMedian) / 2,
    mass: name === "truth" ? medianMass : undefined,
    usable: enough && apart && area.area >= separates && (name !== "truth" || medianMass >= enoughTruthMass),
  };
}

/** Where a value lies among the controls. */
export interface Placement {
  /** Controls of each kind that score strictly less like making up. */
  readonly aboveKnown: number;
  readonly aboveInvented: number;
  /** Controls of each kind that score strictly more so. */
  readonly belowKnown: number;
  readonly belowInvented: number;
  /** On which side of the threshold it lies; on it, the known side. */
  readonly side: "known" | "invented";
}

export function place({ name, known, invented, threshold }: ScoreFit, value: number): Placement {
  const own = towardsInvention(name, value);
  const count = (values: readonly number[], sign: 1 | -1): number =>
    values.filter((each) => sign * (own - towardsInvention(name, each)) > 0).length;
  return {
    aboveKnown: count(known, 1),
    aboveInvented: count(invented, 1),
    belowKnown: count(known, -1),
    belowInvented: count(invented, -1),
    side: own > towardsInvention(name, threshold) ? "invented" : "known",
  };
}
