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
 * 53:276, with bins of fixed places]: x is off by half a dot's width at most. Stacks that would not fit are pressed together.
 * In the order of the values.
 */
export function dotStacks(
  values: readonly number[],
  x: (value: number) => number,
  { start, way, height, radius }: StackRoom,
): Place[] {
  const width = 2 * radius + 1;
  const columns = values.map((value) => Math.round(x(value) / width));
  const sizes = new Map<number, number>();
  for (const column of columns) sizes.set(column, (sizes.get(column) ?? 0) + 1);
  const tallest = Math.max(1, ...sizes.values());
  const step = Math.min(width, tallest > 1 ? (height - 2 * radius) / (tallest - 1) : width);
  const filled = new Map<number, number>();
  return columns.map((column) => {
    const below = filled.get(column) ?? 0;
    filled.set(column, below + 1);
    return { x: column * width, y: start + way * below * step };
  });
}
