import { seededRandom } from "../../inference/random";
import { drained } from "../drained";
import { pickSome } from "../problems/problem";
import { type Area, aurocInterval } from "../statistics/auroc";
import { type Rate, wilson } from "../statistics/rate";
import { type Reliability, reliability } from "../statistics/reliability";
import { isOrWas, rightAnswer } from "./askedItems";
import { type ScoreName, scoreNames, scoreOf, towardsInvention } from "./controls";
import { bucketOf, type Exposure, type ExposureBucket, exposureBuckets, type SeenPerson } from "./exposure";
import { type EntityKind, entityKinds, inventNames } from "./names";
import { entityQuestion, kindOfQuestion } from "./questions";
import { type Reading, readCell } from "./reading";
import type { HallucinationReport } from "./report";
import { closedBook, type Item } from "./spec";
import type { WellKnown } from "./wellKnown";
import { kindNames } from "./words";

export interface CalibrationRequest {
  readonly exposure: Exposure;
  /** People of each bucket of exposure, and as many invented ones. */
  readonly each: number;
  readonly seed: number;
}

/**
 * Questions about people of each bucket of exposure and about invented ones, drawn with the seed: what a model's scores are
 * held against what it has seen. The unseen and invented are controls "invented", the others "known".
 */
export function calibrationItems({ exposure, each, seed }: CalibrationRequest): Item[] {
  const random = seededRandom(seed);
  const drawn = exposureBuckets.flatMap(({ id }) => {
    const bucket = exposure.people.filter(({ total }) => bucketOf(total) === id);
    return pickSome(random, bucket, Math.min(each, bucket.length));
  });
  const real = exposure.people.map(({ name }) => name);
  const invented = inventNames({ kind: "person", count: each, seed, real });
  return [
    ...drawn.map((person, index) => ({ ...aboutPerson(person), id: `person ${index + 1}` })),
    ...invented.map((name, index) => inventedItem(name, index)),
  ];
}

/** The same for a model whose training nobody knows: well-known names against invented ones of the same kind. */
export function knownAgainstInvented(known: readonly WellKnown[], kind: "person" | "place", seed: number): Item[] {
  const names = known.map(({ name }) => name);
  const invented = inventNames({ kind, count: known.length, seed, real: names });
  return [
    ...known.map(
      ({ name, reference, accept }, index): Item => ({
        id: `${kind} ${index + 1}`,
        text: entityQuestion(name, kind),
        group: "known",
        entity: name,
        reference,
        accept: [...accept],
      }),
    ),
    ...invented.map((name, index) => inventedItem(name, index, kind)),
  ];
}

/** The question about a person of the specimen's world; right is an answer with their profession. */
export function aboutPerson(person: SeenPerson): Item {
  const { name, died, total } = person;
  return {
    id: name,
    text: `Who ${isOrWas(died)} ${name}?`,
    group: total > 0 ? "known" : "invented",
    entity: name,
    ...rightAnswer(person),
    seen: total,
  };
}

function inventedItem(name: string, index: number, kind: "person" | "place" = "person"): Item {
  return { id: `invented ${kind} ${index + 1}`, text: entityQuestion(name, kind), group: "invented", entity: name };
}

export interface CalibrationRow {
  /** Undefined for the invented, and "known" where nobody counted. */
  readonly bucket: ExposureBucket | "invented" | "known";
  /** What they are. */
  readonly kind: EntityKind;
  readonly people: number;
  /** Greedy answers that are right; of invented people there are none. */
  readonly right: Rate;
  readonly refused: Rate;
  /** Neither right nor a refusal. */
  readonly madeUp: Rate;
  /** How well each score tells the never seen of the kind (real and invented) from this bucket; empty for these themselves. */
  readonly areas: readonly { readonly name: ScoreName; readonly area: Area }[];
}

/** A row's name: "21+", "known places". */
export function bucketWords({ bucket, kind }: Pick<CalibrationRow, "bucket" | "kind">): string {
  return bucket === "known" || bucket === "invented" ? `${bucket} ${kindNames[kind]}` : bucket;
}

export interface Calibration {
  readonly rows: readonly CalibrationRow[];
  /** How well each score tells wrong greedy answers from right ones, whatever was seen; refusals claim nothing and are neither. */
  readonly wrong: readonly { readonly name: ScoreName; readonly area: Area }[];
  /** P(True), and the greedy answer's mean token probability, against being right, of the same answers. */
  readonly truth: Reliability;
  readonly greedy: Reliability;
  /** Mean probability that the model says True or False at all when asked: under a half, P(True) is no opinion. */
  readonly truthMass: number;
}

/** How far to trust each score on this model: a pure function of a run over `calibrationItems`. */
export function calibrate(report: HallucinationReport): Calibration {
  return drained(
    calibratingReadings([...report.cells.values()].filter(({ book }) => book === closedBook).map(readCell)),
  );
}

/** The same from the run's closed books as they were read. */
export function calibrateReadings(readings: readonly Reading[]): Calibration {
  return drained(calibratingReadings(readings));
}

/** The same with pauses. */
export function* calibratingReadings(all: readonly Reading[]): Generator<void, Calibration> {
  const readings = all.filter(({ cell }) => cell.answers.size > 0);
  const buckets = [...exposureBuckets.map(({ id }) => id), "known", "invented"] as const;
  const rows: CalibrationRow[] = [];
  for (const kind of entityKinds) {
    const alike = readings.filter(({ cell }) => kindOfQuestion(cell.of.text) === kind);
    const unseen = alike.filter((reading) => !wasSeen(reading));
    for (const bucket of buckets) {
      const some = alike.filter((reading) => groupOf(reading) === bucket);
      if (some.length === 0) continue;
      rows.push({
        bucket,
        kind,
        people: some.length,
        right: rateOf(some, (each) => each.greedy?.right === true),
        refused: rateOf(some, (each) => each.greedy?.refused === true),
        madeUp: rateOf(some, (each) => each.greedy !== undefined && !each.greedy.refused && each.greedy.right !== true),
        areas: some.every(wasSeen) ? yield* areasOf(unseen, some) : [],
      });
    }
  }
  const judged = readings.flatMap((reading) => {
    const { greedy, cell } = reading;
    if (!greedy || greedy.refused) return [];
    const right = cell.of.reference === undefined ? false : greedy.right;
    return right === undefined ? [] : [{ reading, right }];
  });
  const side = (wanted: boolean): Reading[] =>
    judged.filter(({ right }) => right === wanted).map(({ reading }) => reading);
  const wrong = yield* areasOf(side(false), side(true));
  return {
    rows,
    wrong,
    truth: reliability(
      judged.flatMap(({ reading: { scores }, right }) =>
        scores.truth ? [{ probability: scores.truth.probability, right }] : [],
      ),
    ),
    greedy: reliability(
      judged.flatMap(({ reading: { scores }, right }) =>
        scores.greedySurprisal === undefined ? [] : [{ probability: Math.exp(-scores.greedySurprisal), right }],
      ),
    ),
    truthMass: mean(readings.flatMap(({ scores }) => (scores.truth ? [scores.truth.mass] : []))),
  };
}

function wasSeen({ cell }: Reading): boolean {
  return cell.of.seen === undefined ? cell.of.group === "known" : cell.of.seen > 0;
}

/** Its row: what the model has seen of it, or what is known of it where nobody counted. */
export function groupOf({ cell: { of } }: Reading): CalibrationRow["bucket"] {
  if (of.seen !== undefined) return bucketOf(of.seen);
  return of.group === "known" ? "known" : "invented";
}

function* areasOf(
  positives: readonly Reading[],
  negatives: readonly Reading[],
): Generator<void, CalibrationRow["areas"]> {
  const areas: { name: ScoreName; area: Area }[] = [];
  for (const name of scoreNames) {
    const values = (readings: readonly Reading[]): number[] =>
      readings.flatMap(({ scores }) => {
        const value = scoreOf(scores, name);
        return value === undefined ? [] : [towardsInvention(name, value)];
      });
    const area = aurocInterval(values(positives), values(negatives));
    if (!Number.isNaN(area.area)) areas.push({ name, area });
    yield;
  }
  return areas;
}

function rateOf(readings: readonly Reading[], is: (reading: Reading) => boolean): Rate {
  return wilson(readings.filter(is).length, readings.length);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
