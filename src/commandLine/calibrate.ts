import { readFile } from "node:fs/promises";
import path from "node:path";
import { markdownTable } from "../experiments/export/markdown";
import {
  type Calibration,
  calibrate,
  calibrationItems,
  knownAgainstInvented,
} from "../experiments/hallucination/calibration";
import { scoreNames } from "../experiments/hallucination/controls";
import { probeSpec } from "../experiments/hallucination/defaults";
import { readExposure } from "../experiments/hallucination/exposure";
import type { Item } from "../experiments/hallucination/spec";
import { wellKnownPeople, wellKnownPlaces } from "../experiments/hallucination/wellKnown";
import type { Area } from "../experiments/statistics/auroc";
import type { Reliability } from "../experiments/statistics/reliability";
import { runProbe } from "./probe";
import { percent, withInterval } from "./text";

export interface CalibrateOptions {
  readonly dist: string;
  readonly model: string;
  readonly judge?: string;
  /** People of each bucket of exposure. */
  readonly each: number;
  readonly samples: number;
  readonly seed: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** How far to trust a probe's scores on a model, as Markdown tables: by what a specimen has seen, or by known and invented names. */
export async function calibrateModel(options: CalibrateOptions): Promise<number> {
  const { dist, model, judge = model, samples, seed, out, json, signal } = options;
  const items = await itemsFor(options);
  const spec = probeSpec({
    probed: model,
    judge: judge === "words" ? null : judge,
    items,
    samples,
    seed,
    controlSeed: seed,
  });
  const report = await runProbe(spec, { dist, signal, ...(out !== undefined && { out }) });
  const found = calibrate(report);
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : tables(found));
  return 0;
}

async function itemsFor({ dist, model, each, seed }: CalibrateOptions): Promise<Item[]> {
  if (!model.startsWith("specimen-")) {
    return [
      ...knownAgainstInvented(wellKnownPeople, "person", seed),
      ...knownAgainstInvented(wellKnownPlaces, "place", seed),
    ];
  }
  const text = await readFile(path.join(dist, "..", "media", "models", "exposure.json"), "utf8");
  return calibrationItems({ exposure: readExposure(text), each, seed });
}

const heads = {
  semanticEntropy: "semantic entropy",
  naiveEntropy: "naive entropy",
  greedySurprisal: "greedy surprisal",
  truth: "P(True)",
};

function tables({ rows, wrong, truth, greedy, truthMass }: Calibration): string {
  const areas = (found: readonly { readonly name: string; readonly area: Area }[]): string[] =>
    scoreNames.map((name) => areaText(found.find((each) => each.name === name)?.area));
  const exposure = markdownTable(
    ["seen in training", "people", "right", "refused", ...scoreNames.map((name) => heads[name])],
    rows.map((row) => [
      row.bucket,
      String(row.people),
      withInterval(row.right),
      withInterval(row.refused),
      ...areas(row.areas),
    ]),
  );
  const errors = markdownTable(
    ["", ...scoreNames.map((name) => heads[name])],
    [["wrong from right answers", ...areas(wrong)]],
  );
  return [
    "AUROC of each score at telling the never seen from those seen, 95 % intervals:\n",
    exposure,
    errors,
    `Reliability of P(True) (the model says True or False with ${percent(truthMass)} on average):\n`,
    reliabilityTable(truth),
    "Reliability of the greedy answer’s mean token probability:\n",
    reliabilityTable(greedy),
  ].join("\n");
}

function areaText(area: Area | undefined): string {
  return area ? `${area.area.toFixed(2)} [${area.low.toFixed(2)}, ${area.high.toFixed(2)}]` : "";
}

function reliabilityTable({ bins, error, forecasts }: Reliability): string {
  const rows = bins.map(({ from, to, claimed, seen }) => [
    `${Math.round(from * 100)}–${Math.round(to * 100)} %`,
    percent(claimed),
    withInterval(seen),
    String(seen.trials),
  ]);
  return `${markdownTable(["claimed", "mean", "right", "answers"], rows)}\nExpected calibration error ${error.toFixed(2)}, ${forecasts} answers.\n`;
}
