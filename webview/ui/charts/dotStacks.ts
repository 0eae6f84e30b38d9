/** A place on a plot, CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface StackRoom {
  /** Where the first dot of a stack stands, and which way the others go: 1 down, −1 up. */
  readonly start: number;
  readonly way: 1 | -1;
  /** How high a stack may get, CSS pixels. */
  readonly height: number;
  /** Of a dot, CSS pixels. */
  readonly radius: number;
}

/**
 * Dots of one kind on an axis, in stacks where they would lie on each other [the dot plot of Wilkinson 1999, Am. Stat.
 * 53:276, with bins of fixed places]: x is off by half a dot's width at most. A stack that would not fit grows as wide as it
 * needs where nothing stands beside it, and is pressed together where something does. In the order of the values.
 */
export function dotStacks(
  values: readonly number[],
  x: (value: number) => number,
  { start, way, height, radius }: StackRoom,
): Place[] {
  const width = 2 * radius + 1;
  const bins = values.map((value) => Math.round(x(value) / width));
  const sizes = new Map<number, number>();
  for (const bin of bins) sizes.set(bin, (sizes.get(bin) ?? 0) + 1);
  const rows = Math.max(1, Math.floor((height - 2 * radius) / width) + 1);
  const filled = new Map<number, number>();
  return bins.map((bin) => {
    const size = sizes.get(bin)!;
    const across = isFree(sizes, bin, Math.ceil(size / rows)) ? Math.ceil(size / rows) : 1;
    const tall = Math.ceil(size / across);
    const step = tall > rows ? (height - 2 * radius) / (tall - 1) : width;
    const before = filled.get(bin) ?? 0;
    filled.set(bin, before + 1);
    const column = (before % across) - (across - 1) / 2;
    return { x: (bin + column) * width, y: start + way * Math.floor(before / across) * step };
  });
}

/** Whether a stack may be so many dots wide without meeting its neighbours, which may be as wide. */
function isFree(sizes: ReadonlyMap<number, number>, bin: number, across: number): boolean {
  for (let away = 1; away < across; away++) if (sizes.has(bin - away) || sizes.has(bin + away)) return false;
  return true;
}
