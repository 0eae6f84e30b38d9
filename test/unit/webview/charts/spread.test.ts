import { expect, it } from "vitest";
import { spread } from "../../../../webview/ui/charts/spread";

it("leaves labels alone that stand apart", () => expect(spread([10, 50, 90], 14, 0, 100)).toEqual([10, 50, 90]));

it("moves labels apart, in their order, and none out of the plot", () => {
  const placed = spread([98, 97, 99, 3], 14, 0, 100);
  const sorted = placed.toSorted((a, b) => a - b);
  for (let at = 1; at < sorted.length; at++) expect(sorted[at]! - sorted[at - 1]!).toBeGreaterThanOrEqual(14);
  expect(Math.max(...placed)).toBeLessThanOrEqual(100);
  expect(placed[1]!).toBeLessThan(placed[0]!);
  expect(placed[0]!).toBeLessThan(placed[2]!);
  expect(placed[3]).toBe(3);
});
