/** A question with a checked answer, made by a generator. */
export interface Problem {
  readonly family: ProblemFamily;
  /** Names the item whatever its wording: what the split is decided by. */
  readonly key: ItemKey;
  readonly question: string;
  /** Steps a person would write; their number is the problem's difficulty. */
  readonly steps: readonly string[];
  readonly answer: string;
  /** A one-line calculation that gives the answer; undefined where there is none. */
  readonly expression?: string;
}

/** In the order they are shown in. */
export const families = [
  "fruit prices",
  "bags and gifts",
  "chains of comparison",
  "running calculation",
  "letters in a word",
  "dots",
  "decimal comparison",
  "long sums",
] as const;
export type ProblemFamily = (typeof families)[number];

export type ItemKey = readonly (string | number)[];

/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** An integer from `low` to `high`, both included. */
export function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

/** `count` different items, in random order. */
export function pickSome<T>(random: Random, items: readonly T[], count: number): T[] {
  const left = items.slice();
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
}
