import { expect, it } from "vitest";
import { calibrationFinding } from "../../../../webview/hallucination/calibrationWords";
import type { CalibrationView, ScoreName } from "../../../../webview/hallucination/figures";

const rate = { successes: 0, trials: 20, rate: 0, low: 0, high: 0.16 };
const row = (bucket: string, areas: Partial<Record<ScoreName, number>>): CalibrationView["rows"][number] => ({
  bucket,
  people: 20,
  right: rate,
  refused: rate,
  madeUp: rate,
  areas: Object.entries(areas).map(([name, area]) => ({
    name: name as ScoreName,
    area: { area, low: area - 0.1, high: Math.min(1, area + 0.1), positives: 40, negatives: 20 },
  })),
});
const rows = [row("0", {}), row("1–3", { semanticEntropy: 0.46, truth: 0.54 }), row("21+", { greedySurprisal: 0.98 })];

it("says what is told at the most and at the least seen, with intervals", () => {
  expect(calibrationFinding({ rows, truthUsable: false, exposure: true })).toEqual({
    key: "Names it knows well can be told from never seen ones.",
    rest: "Best at names in 21+ of its documents: Log-likelihood, AUROC 0.98 [0.88, 1.00]. For names in 1–3 of its documents no score tells much: Semantic entropy 0.46 [0.36, 0.56] at best.",
  });
});

it("takes P(True) only where it is an opinion, and says when nothing is told", () => {
  const few = [row("known people", { truth: 0.6, refusals: 0.5 })];
  expect(calibrationFinding({ rows: few, truthUsable: true, exposure: false })?.rest).toContain("P(True), AUROC 0.60");
  const found = calibrationFinding({ rows: few, truthUsable: false, exposure: false });
  expect(found?.key).toBe("Not even well-known names can be told from never seen ones.");
  expect(found?.rest).toContain("Refusals, AUROC 0.50");
  expect(calibrationFinding({ rows: [row("0", {})], truthUsable: true, exposure: true })).toBeUndefined();
});
