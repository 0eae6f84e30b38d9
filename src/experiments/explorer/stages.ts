import type { Sampler } from "../../inference/engine";
import type { EntropyValue, NextDistribution } from "./data";
import { exactly, knownWeight, type Mass, type Range, rawMass } from "./mass";
import { penalize } from "./penalty";
import { temper } from "./temper";
import { keepMinP, keepTopK, keepTopP, topPIsSure } from "./truncate";

export type StageKind = "raw" | "repetitionPenalty" | "temperature" | "topK" | "topP" | "minP";

/** The distribution after one step of the sampler, renormalised. */
export interface Stage {
  readonly kind: StageKind;
  /** The sampler's setting; 1 for "raw". */
  readonly setting: number;
  /** Probability of each of the distribution's entries, 0 where it was removed. */
  readonly probabilities: Float64Array;
  /** Probability of all other tokens together. Where low and high differ, so do the entries': see `boundsOf`. */
  readonly tail: Range;
  /** Share of the mass that came in which this stage removed. 0 for stages that only change weights. */
  readonly removed: Range;
  /** Tokens with a probability left, the tail's among them; null where their number is unknown. */
  readonly kept: number | null;
  readonly entropy: EntropyValue;
  /** False where the engine's tail, which is only a sum, leaves the values within bounds. */
  readonly exact: boolean;
}

/**
 * What the sampler makes of a distribution, stage by stage in the sampler's order: raw, repetition penalty, temperature,
 * top-k, top-p, min-p. "raw" and "temperature" are always there, the others when they are on (and, for the penalty, when
 * the engine gives logits). `recent` are the ids before, for the penalty.
 *
 * Exact on a whole vocabulary. Where the tail is one bucket, a stage after the temperature is exact again as soon as the
 * whole tail is surely removed; until then it is an estimate with bounds.
 */
export function stagesOf(distribution: NextDistribution, sampler: Sampler, recent: readonly number[] = []): Stage[] {
  let mass = rawMass(distribution);
  const stages = [stageOf("raw", 1, mass, mass, distribution.entropy)];
  const add = (kind: StageKind, setting: number, after: Mass, sure = true) => {
    stages.push(stageOf(kind, setting, mass, after, undefined, sure));
    mass = after;
  };
  const { temperature, topK, topP, minP, repetitionPenalty } = sampler;
  const penalized = repetitionPenalty === 1 ? undefined : penalize(distribution, repetitionPenalty, recent);
  if (penalized) add("repetitionPenalty", repetitionPenalty, penalized);
  add("temperature", temperature, temper(mass, temperature));
  if (topK > 0) add("topK", topK, keepTopK(mass, topK));
  if (topP < 1) add("topP", topP, keepTopP(mass, topP), topPIsSure(mass, topP));
  if (minP > 0) add("minP", minP, keepMinP(mass, minP));
  return stages;
}

/** What a token is drawn from: the last stage. */
export function drawnFrom(distribution: NextDistribution, sampler: Sampler, recent: readonly number[] = []): Stage {
  return stagesOf(distribution, sampler, recent).at(-1)!;
}

/** The stage after the temperature alone, for each of the temperatures. */
export function sweep(distribution: NextDistribution, temperatures: readonly number[]): Stage[] {
  const mass = rawMass(distribution);
  return temperatures.map((each) => stageOf("temperature", each, mass, temper(mass, each)));
}

/** Between which values the probability of an entry lies; both are the probability itself where the stage is exact. */
export function boundsOf(stage: Stage, index: number): { readonly low: number; readonly high: number } {
  const probability = stage.probabilities[index]!;
  const known = 1 - stage.tail.estimate;
  if (known <= 0) return { low: 0, high: 1 };
  return {
    low: (probability * (1 - stage.tail.high)) / known,
    high: Math.min(1, (probability * (1 - stage.tail.low)) / known),
  };
}

function stageOf(
  kind: StageKind,
  setting: number,
  before: Mass,
  after: Mass,
  entropy?: EntropyValue,
  sure = true,
): Stage {
  const known = knownWeight(after);
  const share = (weight: number) => (Number.isFinite(weight) ? weight / (known + weight) : 1);
  const tail = {
    low: share(after.tail.low),
    estimate: share(after.tail.estimate),
    high: share(after.tail.high),
  };
  const total = known + after.tail.estimate;
  const probabilities = after.weights.map((weight) => weight / total);
  const tokens = after.weights.reduce((count, weight) => count + (weight > 0 ? 1 : 0), 0);
  const truncates = kind === "topK" || kind === "topP" || kind === "minP";
  return {
    kind,
    setting,
    probabilities,
    tail,
    removed: truncates ? removedOf(before, after) : exactly(0),
    kept: after.tail.high === 0 ? tokens : after.tailTokens === null ? null : tokens + after.tailTokens,
    entropy: entropy ?? { nats: entropyOf(probabilities, tail.estimate), exact: sure && tail.high === 0 },
    exact: sure && after.tail.low === after.tail.high,
  };
}

/** What is gone of the mass before. The tail's part is bounded as the tail is. */
function removedOf(before: Mass, after: Mass): Range {
  const known = knownWeight(before);
  const gone = Math.max(0, known - knownWeight(after));
  const left = after.tail;
  const share = (removed: number, tail: number) =>
    Number.isFinite(tail) ? Math.min(1, Math.max(0, removed / (known + tail))) : removed === gone ? 0 : 1;
  const estimate = share(gone + Math.max(0, before.tail.estimate - left.estimate), before.tail.estimate);
  const untouched = left.high === before.tail.high && left.low === before.tail.low;
  if (untouched) return { low: share(gone, before.tail.high), estimate, high: share(gone, before.tail.low) };
  const whole = left.high === 0;
  return {
    low: whole ? share(gone + before.tail.low, before.tail.low) : share(gone, before.tail.high),
    estimate,
    high: share(gone + before.tail.high, before.tail.high),
  };
}

/** In nats, with the tail as one bucket: a lower bound unless it is empty. */
function entropyOf(probabilities: Float64Array, tail: number): number {
  let nats = tail > 0 ? -tail * Math.log(tail) : 0;
  for (const p of probabilities) if (p > 0) nats -= p * Math.log(p);
  return Math.max(0, nats);
}
