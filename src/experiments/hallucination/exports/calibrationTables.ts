import { markdownTable } from "../../export/markdown";
import { percent, rated } from "../../reasoning/words";
import type { Area } from "../../statistics/auroc";
import type { Reliability } from "../../statistics/reliability";
import { bucketWords, type Calibration } from "../calibration";
import { enoughTruthMass, type ScoreName, scoreNames } from "../controls";
import { intervalWords } from "../words";

const heads: Readonly<Record<ScoreName, string>> = {
  semanticEntropy: "semantic entropy",
  naiveEntropy: "naive entropy",
  greedySurprisal: "greedy surprisal",
  truth: "P(True)",
  refusals: "refusals",
};

/** A calibration as Markdown: AUROC by what was seen, wrong from right answers, reliability. */
export function calibrationTables({ rows, wrong, truth, greedy, truthMass }: Calibration): string {
  const opinion = truthMass >= enoughTruthMass;
  const scores = scoreNames.filter((name) => name !== "truth" || opinion);
  const areas = (found: readonly { readonly name: ScoreName; readonly area: Area }[]): string[] =>
    scores.map((name) => areaWords(found.find((each) => each.name === name)?.area));
  const exposure = markdownTable(
    ["seen in training", "names", "right", "refused", ...scores.map((name) => heads[name])],
    rows.map((row) => [
      bucketWords(row),
      String(row.people),
      rated(row.right),
      rated(row.refused),
      ...areas(row.areas),
    ]),
  );
  const errors = markdownTable(
    ["", ...scores.map((name) => heads[name])],
    [["wrong from right answers", ...areas(wrong)]],
  );
  return [
    "AUROC of each score at telling the never seen from those seen, 95 % intervals:\n",
    exposure,
    errors,
    ...(opinion
      ? ["Reliability of P(True):\n", reliabilityTable(truth)]
      : [`P(True) is left out: asked for True or False, the model says one of them with ${percent(truthMass)}.\n`]),
    "Reliability of the greedy answer’s mean token probability (refusals claim nothing and are left out):\n",
    reliabilityTable(greedy),
  ].join("\n");
}

function areaWords(area: Area | undefined): string {
  return area && !Number.isNaN(area.area) ? `${area.area.toFixed(2)} ${intervalWords(area, 2)}` : "";
}

function reliabilityTable({ bins, error, forecasts }: Reliability): string {
  const rows = bins.map(({ from, to, claimed, seen }) => [
    `${Math.round(from * 100)}–${Math.round(to * 100)} %`,
    percent(claimed),
    rated(seen),
    String(seen.trials),
  ]);
  return `${markdownTable(["claimed", "mean", "right", "answers"], rows)}\nExpected calibration error ${error.toFixed(2)}, ${forecasts} answers.\n`;
}
