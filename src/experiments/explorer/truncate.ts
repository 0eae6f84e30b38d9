import { byWeight, knownWeight, type Mass, noTail, type Range } from "./mass";

/** Keeps the k heaviest tokens. */
export function keepTopK(mass: Mass, k: number): Mass {
  const { order, ranked } = byWeight(mass);
  if (k <= ranked) return keepOnly(mass, order.subarray(0, k), noTail, 0);
  if (mass.tail.high === 0) return mass;
  if (mass.tailTokens !== null && k >= order.length + mass.tailTokens) return mass;
  // The tail's best are among the k, and nobody knows how heavy they are.
  const room = (k - ranked) * mass.cap;
  const tail = { low: 0, estimate: Math.min(mass.tail.estimate, room), high: Math.min(mass.tail.high, room) };
  return keepOnly(mass, order.subarray(0, k), tail, Math.max(0, k - order.length));
}

/** Keeps the fewest of the heaviest tokens that hold a share of at least p together [Holtzman 2020, arXiv 1904.09751]. */
export function keepTopP(mass: Mass, p: number): Mass {
  const { order, ranked } = byWeight(mass);
  const known = knownWeight(mass);
  const count = (tail: number) => reach(mass.weights, order.subarray(0, ranked), p * (known + tail));
  const kept = count(mass.tail.estimate);
  if (kept !== undefined) return keepOnly(mass, order.subarray(0, kept), noTail, 0);
  if (mass.tail.high === 0) return mass;
  // The share is reached somewhere in the tail.
  const estimate = Math.max(0, p * (known + mass.tail.estimate) - known);
  return { ...mass, tail: { low: 0, estimate, high: mass.tail.high }, tailTokens: null };
}

/** Whether `keepTopP` keeps the same tokens wherever in its bounds the tail's sum lies. */
export function topPIsSure(mass: Mass, p: number): boolean {
  const { order, ranked } = byWeight(mass);
  const known = knownWeight(mass);
  const count = (tail: number) => reach(mass.weights, order.subarray(0, ranked), p * (known + tail));
  const low = count(mass.tail.low);
  return (low !== undefined || mass.tail.high === 0) && low === count(mass.tail.high);
}

/** Keeps what is at least `minP` times as heavy as the heaviest [Nguyen 2024, arXiv 2407.01082]. */
export function keepMinP(mass: Mass, minP: number): Mass {
  const least = minP * mass.weights.reduce((max, weight) => Math.max(max, weight), 0);
  const weights = mass.weights.map((weight) => (weight >= least ? weight : 0));
  if (mass.tail.high === 0 || mass.cap < least) return { ...mass, weights, tail: noTail, tailTokens: 0 };
  return { ...mass, weights, tail: { ...mass.tail, low: 0 }, tailTokens: null };
}

/** How many of the ordered tokens it takes to weigh `wanted`; undefined when all are lighter. */
function reach(weights: Float64Array, order: Uint32Array, wanted: number): number | undefined {
  let sum = 0;
  for (const [position, index] of order.entries()) {
    sum += weights[index]!;
    if (sum >= wanted) return position + 1;
  }
  return undefined;
}

function keepOnly(mass: Mass, indexes: Uint32Array, tail: Range, tailTokens: number): Mass {
  const weights = new Float64Array(mass.weights.length);
  for (const index of indexes) weights[index] = mass.weights[index]!;
  return { ...mass, weights, tail, tailTokens };
}
