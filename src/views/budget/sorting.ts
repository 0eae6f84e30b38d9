/** Items sorted at once, and merged between two pauses: well under a millisecond of paths. */
const run = 512;

/** Sorts as `Array.sort` does, with pauses: tens of thousands of paths at once would hold up the extension host. */
export function* sorting<T>(items: readonly T[], compare: (a: T, b: T) => number): Generator<void, T[]> {
  let from: T[] = [];
  for (let start = 0; start < items.length; start += run) {
    for (const item of items.slice(start, start + run).sort(compare)) from.push(item);
    yield;
  }
  for (let width = run; width < items.length; width *= 2) {
    const to: T[] = [];
    for (let start = 0; start < from.length; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, from.length), Math.min(start + 2 * width, from.length)];
      let [left, right] = [start, middle];
      while (left < middle || right < end) {
        // The left one where both are alike: equal items keep their order.
        const takeLeft = right >= end || (left < middle && compare(from[left]!, from[right]!) <= 0);
        to.push(from[takeLeft ? left++ : right++]!);
        if (to.length % run === 0) yield;
      }
    }
    from = to;
  }
  return from;
}
