import fc from "fast-check";
import { expect, it } from "vitest";
import { drained } from "../../../src/experiments/drained";
import { sorting } from "../../../src/views/budget/sorting";

it("sorts as Array.sort does, equal items in their order", () => {
  const items = fc.array(fc.record({ key: fc.nat(40), id: fc.nat() }), { maxLength: 3000, size: "max" });
  const by = (a: { key: number }, b: { key: number }): number => a.key - b.key;
  fc.assert(
    fc.property(items, (given) => {
      const before = [...given];
      expect(drained(sorting(given, by))).toEqual(given.toSorted(by));
      expect(given).toEqual(before);
    }),
    { numRuns: 40 },
  );
});
