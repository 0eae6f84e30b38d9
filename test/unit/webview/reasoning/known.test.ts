import { describe, expect, it } from "vitest";
import { knewAt, knownRows, onlyRival } from "../../../../webview/reasoning/known";

const steps = [
  { start: 0, end: 10, tokens: 4 },
  { start: 11, end: 20, tokens: 4 },
  { start: 21, end: 30, tokens: 4 },
];
const point = (end: number, right: number, rival: number | null, answer = "4") => ({
  end,
  right: Math.log(right),
  rival: rival === null ? null : { answer, logProb: Math.log(rival) },
});

describe("when does it know", () => {
  it("has a row before the first step and one after each, also of a curve over all tokens", () => {
    const coarse = [point(0, 0.1, 0.4), point(10, 0.2, 0.3), point(20, 0.7, 0.1), point(30, 0.9, 0.05)];
    const fine = [...coarse, point(5, 0.15, 0.4), point(15, 0.5, 0.2), point(24, 0.8, 0.1)].toSorted(
      (a, b) => a.end - b.end,
    );
    for (const points of [coarse, fine]) {
      const rows = knownRows({ steps }, points);
      expect(rows.map(({ step }) => step)).toEqual([-1, 0, 1, 2]);
      expect(rows.map(({ right }) => Number(right.toFixed(3)))).toEqual([0.1, 0.2, 0.7, 0.9]);
      expect(knewAt(rows)?.step).toBe(1);
    }
  });

  it("knew only from where the right answer leads to the end", () => {
    const leads = [point(0, 0.6, 0.2), point(10, 0.3, 0.5), point(20, 0.2, 0.6), point(30, 0.9, 0.05)];
    expect(knewAt(knownRows({ steps }, leads))?.step).toBe(2);
    const never = [point(0, 0.6, 0.2), point(10, 0.3, 0.5), point(20, 0.2, 0.6), point(30, 0.3, 0.35)];
    expect(knewAt(knownRows({ steps }, never))).toBeUndefined();
  });

  it("leaves open what was not read, and needs no rival", () => {
    const rows = knownRows({ steps }, [point(0, 0.1, null), point(30, 0.9, null)]);
    expect(rows.map(({ right }) => Number.isNaN(right))).toEqual([false, true, true, false]);
    expect(rows.every(({ rival }) => Number.isNaN(rival))).toBe(true);
    expect(onlyRival(rows)).toBeNull();
  });

  it("names a rival only where it is the same throughout", () => {
    const same = [point(0, 0.1, 0.4), point(10, 0.2, 0.3)];
    expect(onlyRival(knownRows({ steps }, same))).toBe("4");
    expect(onlyRival(knownRows({ steps }, [...same, point(20, 0.2, 0.3, "5")]))).toBeNull();
  });
});
