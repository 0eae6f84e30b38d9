import { describe, expect, it } from "vitest";
import type { Figures, FitView } from "../../../../webview/hallucination/figures";
import type { EvidenceView } from "../../../../webview/hallucination/items";
import {
  areaWords,
  axisOf,
  intervalWords,
  placeWords,
  tickWords,
  valueWords,
} from "../../../../webview/hallucination/scoreWords";
import { summaryOf } from "../../../../webview/hallucination/verdictWords";

const none = { knows: 0, consistentlyWrong: 0, guesses: 0, saysItDoesNotKnow: 0, cannotTell: 0 };
const figures = (verdicts: Partial<Figures["verdicts"]>, further: Partial<Figures> = {}): Figures => ({
  fits: [],
  canTell: true,
  why: null,
  judge: null,
  verdicts: { ...none, ...verdicts },
  open: 0,
  provisional: false,
  ...further,
});

describe("what many questions came to", () => {
  it("says counts alone under thirty questions", () => {
    expect(summaryOf(figures({ knows: 12, guesses: 7, consistentlyWrong: 1 }))).toEqual({
      key: "Knows 12 of 20.",
      rest: "It guesses 7 and is consistently wrong on 1. Counts, no percentages: fewer than 30 questions.",
    });
  });

  it("gives a share with its Wilson interval from thirty on, the commonest verdict first", () => {
    // scipy.stats.binomtest(30, 40).proportion_ci(method="wilson"): 0.598 to 0.858
    expect(summaryOf(figures({ guesses: 30, knows: 10 }))).toEqual({
      key: "Guesses 30 of 40, 75 % [60, 86].",
      rest: "It knows 10.",
    });
  });

  it("says what is open, and when it cannot tell at all", () => {
    expect(summaryOf(figures({ knows: 2 }, { open: 1 }))?.rest).toMatch(/^1 question is still open\./);
    const overlap = figures({ cannotTell: 5 }, { canTell: false, why: "The controls overlap." });
    expect(summaryOf(overlap)).toEqual({ key: "Cannot tell here.", rest: "The controls overlap." });
    expect(summaryOf(figures({}))).toBeUndefined();
  });
});

describe("scores", () => {
  it("has knowing at the left of every axis", () => {
    expect(axisOf("semanticEntropy", [0, 3], 10)).toEqual([0, Math.log2(10)]);
    expect(axisOf("semanticEntropy", [0], 1)).toEqual([0, 1]);
    expect(axisOf("truth", [0.2], 10)).toEqual([1, 0]);
    const [from, to] = axisOf("greedySurprisal", [0.2, 0.97], 10);
    expect(from).toBe(0);
    expect(to).toBeGreaterThanOrEqual(1);
  });

  it("writes shares in percent and the rest with two digits", () => {
    expect(valueWords("truth", 0.31)).toBe("31 %");
    expect(valueWords("semanticEntropy", 2.446)).toBe("2.45");
    expect(tickWords("truth", 0.25)).toBe("25");
    expect(tickWords("greedySurprisal", 0.5)).toBe("0.5");
    expect(intervalWords("semanticEntropy", { low: 1.93, high: 3.02 })).toBe("[1.9, 3.0]");
  });

  it("says where a value lies among its controls: less is more like making up for P(True)", () => {
    const evidence = { aboveKnown: 20, aboveInvented: 11 } as EvidenceView;
    const fit = { known: new Array(20), invented: new Array(20) } as unknown as FitView;
    expect(placeWords({ ...evidence, name: "semanticEntropy" }, fit)).toBe(
      "above 20 of 20 known and 11 of 20 invented",
    );
    expect(placeWords({ ...evidence, name: "truth" }, fit)).toBe("below 20 of 20 known and 11 of 20 invented");
  });

  it("writes an AUROC with its interval, or a dash", () => {
    const area = { low: 0.964, high: 1, positives: 20, negatives: 20 };
    expect(areaWords({ ...area, area: 0.99 })).toEqual({ area: "0.99", interval: "[0.96, 1.00]" });
    expect(areaWords({ ...area, area: null })).toEqual({ area: "–", interval: "" });
  });
});
