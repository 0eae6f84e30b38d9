import { expect, it } from "vitest";
import { GrowingMap } from "../../../src/experiments/growingMap";

it("stays as it is while others grow from it", () => {
  const one = GrowingMap.empty<string, number>().with("a", 1);
  const two = one.with("b", 2);
  const other = one.with("c", 3);
  const replaced = two.with("a", 4);
  const shown = (map: GrowingMap<string, number>) => [
    map.size,
    map.get("a"),
    map.get("b"),
    map.get("c"),
    [...map.values()],
  ];
  expect(shown(one)).toEqual([1, 1, undefined, undefined, [1]]);
  expect(shown(two)).toEqual([2, 1, 2, undefined, [1, 2]]);
  expect(shown(other)).toEqual([2, 1, undefined, 3, [1, 3]]);
  expect(shown(replaced)).toEqual([2, 4, 2, undefined, [4, 2]]);
  expect([one.has("b"), two.has("b")]).toEqual([false, true]);
});

it("takes in a hundred thousand entries without copying", () => {
  let map = GrowingMap.empty<number, number>();
  const start = performance.now();
  for (let each = 0; each < 100_000; each++) map = map.with(each, each);
  expect(map.size).toBe(100_000);
  expect(performance.now() - start).toBeLessThan(5000); // copies would take minutes
});
