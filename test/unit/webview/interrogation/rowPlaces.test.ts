import { describe, expect, it } from "vitest";
import { headingHeight, RowPlaces, rowHeight } from "../../../../webview/interrogation/rowPlaces";

describe("places of rows", () => {
  it("are one below the other, with room for the headings", () => {
    const places = new RowPlaces(100, [0, 7, 40]);
    for (let row = 0; row < 99; row++) expect(places.top(row + 1)).toBe(places.top(row) + places.heightOf(row));
    expect(places.top(99) + places.heightOf(99)).toBe(places.height);
    expect([0, 1, 7].map((row) => places.heightOf(row))).toEqual([
      rowHeight + headingHeight,
      rowHeight,
      rowHeight + headingHeight,
    ]);
  });

  it("gives the rows that are in view, and some more", () => {
    const places = new RowPlaces(1000, [0, 300, 600]);
    for (const scrolled of [0, 1, 5000, 14_000, places.height - 300]) {
      const { first, end } = places.window(scrolled, 300, 2);
      expect(places.top(first)).toBeLessThanOrEqual(scrolled);
      expect(places.top(end - 1) + places.heightOf(end - 1)).toBeGreaterThanOrEqual(
        Math.min(places.height, scrolled + 300),
      );
      expect(end - first).toBeLessThan(300 / rowHeight + 8);
    }
  });

  it("of an empty list are none", () => {
    expect(new RowPlaces(0, [0]).window(0, 300)).toEqual({ first: 0, end: 0 });
    expect(new RowPlaces(0, [0]).height).toBe(0);
  });
});
