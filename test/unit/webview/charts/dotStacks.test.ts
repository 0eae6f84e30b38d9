import fc from "fast-check";
import { expect, it } from "vitest";
import { dotStacks } from "../../../../webview/ui/charts/dotStacks";
import { dotRadius } from "../../../../webview/ui/charts/reliabilityChart";

const room = { start: 50, way: -1, height: 40, radius: 2.4 } as const;
const x = (value: number) => 16 + value * 300;

it("stacks dots that would lie on each other and leaves the others on the line", () => {
  const [first, second, apart] = dotStacks([0, 0.001, 0.5], x, room);
  expect(first!.y).toBe(50);
  expect(second).toEqual({ x: first!.x, y: 50 - 5.8 });
  expect(apart!.y).toBe(50);
});

it("keeps each dot near its value, inside its half, and no two at one place", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 200 }), (values) => {
      const places = dotStacks(values, x, room);
      expect(places).toHaveLength(values.length);
      for (const [index, place] of places.entries()) {
        // Half a dot, and half the columns of a stack of them all.
        const across = Math.ceil(values.length / 7);
        expect(Math.abs(place.x - x(values[index]!))).toBeLessThanOrEqual((across * 5.8) / 2 + 1e-9);
        expect(place.y).toBeLessThanOrEqual(50);
        expect(place.y).toBeGreaterThanOrEqual(50 - 40 + 2 * room.radius - 1e-9);
      }
      expect(new Set(places.map((place) => `${place.x.toFixed(3)} ${place.y.toFixed(6)}`)).size).toBe(values.length);
    }),
  );
});

it("lets a tall stack grow wide where it stands alone, and presses it together beside another", () => {
  const alone = dotStacks(new Array(20).fill(0.5), x, room);
  expect(new Set(alone.map((place) => place.x)).size).toBe(3);
  expect(Math.min(...alone.map((place) => place.y))).toBeCloseTo(50 - 6 * 5.8);
  const beside = dotStacks([...new Array(20).fill(0.5), 0.5 + 5.8 / 300], x, room);
  expect(new Set(beside.map((place) => place.x)).size).toBe(2);
});

it("gives a dot the area of what it stands for, and never less than can be seen", () => {
  expect(dotRadius(100, 100)).toBe(6);
  expect(dotRadius(25, 100)).toBe(3);
  expect(dotRadius(1, 100_000)).toBe(2.5);
});
