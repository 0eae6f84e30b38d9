import { describe, expect, it } from "vitest";
import { divergence, nats, percentCell, percentWords, points, pValue } from "../../../../webview/explorer/words";

describe("numbers of the explorer", () => {
  it.each([
    [0, "0"],
    [1, "100.0"],
    [0.9997, "> 99.9"],
    [0.384, "38.4"],
    [0.01, "1.0"],
    [0.0042, "0.42"],
    [0.00043, "0.043"],
    [0.0000001, "< 0.001"],
  ])("writes %d in a column of percents as %s", (p, text) => expect(percentCell(p)).toBe(text));

  it.each([
    [0, "0 %"],
    [1, "100 %"],
    [0.99999, "> 99.9 %"],
    [0.9961, "99.6 %"],
    [0.384, "38 %"],
    [0.0042, "0.42 %"],
    [0.000001, "< 0.001 %"],
  ])("writes %d in a sentence as %s", (p, text) => expect(percentWords(p)).toBe(text));

  it("never writes a likely token as sure or a rare one as impossible", () => {
    for (let p = 0.00001; p < 1; p += 0.00317) {
      expect(percentWords(p)).not.toBe("100 %");
      expect(percentWords(p)).not.toBe("0 %");
      expect(percentCell(p)).not.toBe("100.0");
    }
  });

  it("signs with a proper minus, and nothing with none", () => {
    expect(nats(-2.434)).toBe("−2.43");
    expect(nats(-0.001)).toBe("0.00");
    expect(points(-0.1234)).toBe("−12.3");
    expect(points(0.05)).toBe("+5.0");
    expect(points(-0.0001)).toBe("0.0");
  });

  it("marks lower bounds and what is infinite", () => {
    expect(divergence(0.1234, false)).toBe("≥ 0.123 bits");
    expect(divergence(Number.POSITIVE_INFINITY, true)).toBe("∞");
    expect(pValue(0.00001)).toBe("< 0.001");
    expect(pValue(0.8)).toBe("= 0.80");
  });
});
