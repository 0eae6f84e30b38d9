import { exactly, type Mass, noTail, type Range } from "./mass";

/**
 * softmax(logits / T): each weight to the power of 1 / T. 0 leaves the likeliest token alone.
 *
 * What becomes of the tail depends on how its mass is spread. For T > 1 the power is concave: the tail weighs most when
 * all its tokens are alike and least when it is packed into few of the cap's weight; for T < 1 the other way round. Both
 * ends are reached by some spread, so no tighter bound can be given from its sum alone.
 */
export function temper(mass: Mass, temperature: number): Mass {
  if (temperature === 1) return mass;
  if (temperature === 0) return likeliest(mass);
  const power = 1 / temperature;
  const most = mass.weights.reduce((max, weight) => Math.max(max, weight), 0);
  return {
    weights: mass.weights.map((weight) => (weight / most) ** power),
    tail: temperTail(mass, most, power),
    tailTokens: mass.tailTokens,
    cap: (mass.cap / most) ** power,
  };
}

function likeliest({ weights }: Mass): Mass {
  let best = 0;
  for (let index = 1; index < weights.length; index++) if (weights[index]! > weights[best]!) best = index;
  const kept = new Float64Array(weights.length);
  kept[best] = 1;
  return { weights: kept, tail: noTail, tailTokens: 0, cap: 0 };
}

function temperTail({ tail, tailTokens, cap }: Mass, most: number, power: number): Range {
  if (tail.high === 0) return noTail;
  const most1 = tail.high / most;
  const least1 = tail.low / most;
  const heaviest = cap / most;
  /** Packed into tokens of the cap's weight, of which there may be a part of one. */
  const packed = (sum: number) => (heaviest > 0 ? sum * heaviest ** (power - 1) : 0);
  const even = (sum: number) => (tailTokens === null ? undefined : tailTokens * (sum / tailTokens) ** power);
  const [low, high] =
    power < 1 ? [packed(least1), even(most1) ?? Number.POSITIVE_INFINITY] : [even(least1) ?? 0, packed(most1)];
  // Rounding can swap the two where they are all but equal.
  const bounds = { low: Math.min(low, high), high: Math.max(low, high) };
  return bounds.low === bounds.high ? exactly(low) : { ...bounds, estimate: between(bounds.low, bounds.high) };
}

/** The middle on a logarithmic scale, for sums that may lie powers of ten apart; an end where the other says nothing. */
function between(low: number, high: number): number {
  if (!Number.isFinite(high)) return low;
  return low > 0 ? Math.sqrt(low * high) : high;
}
