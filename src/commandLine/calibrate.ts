import { readFile } from "node:fs/promises";
import path from "node:path";
import { markdownTable } from "../experiments/export/markdown";
import {
  bucketWords,
  type Calibration,
  calibrate,
  calibrationItems,
  knownAgainstInvented,
} from "../experiments/hallucination/calibration";
import { enoughTruthMass, scoreNames } from "../experiments/hallucination/controls";
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
  /** People of each bucket of exposure; of other models, well-known people, and as many places. */
  readonly each: number;
  readonly samples: number;
  readonly seed: number;
  /** Another model, asked the same: what refusing costs and saves between the two. */
  readonly against?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** How far to trust a probe's scores on a model, as Markdown tables: by what a specimen has seen, or by known and invented names. */
export async function calibrateModel(options: CalibrateOptions): Promise<number> {
  const { model, against, out, json } = options;
  const items = await itemsFor(options);
  const found = await calibration(options, model, items, out);
  if (against === undefined) {
    process.stdout.write(json ? `${JSON.stringify(found)}\n` : tables(found));
    return 0;
  }
  const other = await calibration(options, against, items, undefined);
  const both = { [against]: other, [model]: found };
  process.stdout.write(json ? `${JSON.stringify(both)}\n` : refusalTable(both));
  return 0;
}

async function calibration(
  { dist, judge, samples, seed, signal }: CalibrateOptions,
  model: string,
  items: readonly Item[],
  out: string | undefined,
): Promise<Calibration> {
  const judged = judge === "words" ? null : (judge ?? model);
  const spec = probeSpec({ probed: model, judge: judged, items: [...items], samples, seed, controlSeed: seed });
  return calibrate(await runProbe(spec, { dist, signal, ...(out !== undefined && { out }) }));
}

/** What each model gets right, refuses and makes up, by what was seen. */
function refusalTable(both: Readonly<Record<string, Calibration>>): string {
  const rows = Object.entries(both).flatMap(([model, { rows: found }]) =>
    found.map(({ bucket, kind, people, right, refused, madeUp }) => [
      model,
      bucketWords({ bucket, kind }),
      String(people),
      ...[right, refused, madeUp].map(withInterval),
    ]),
  );
  return markdownTable(
    ["model", "seen in training", "names", "right", "refused", "made up"],
    rows,
    (column) => column > 1,
  );
}

async function itemsFor({ dist, model, each, seed }: CalibrateOptions): Promise<Item[]> {
  if (!model.startsWith("specimen-")) {
    return [
      ...knownAgainstInvented(wellKnownPeople.slice(0, each), "person", seed),
      ...knownAgainstInvented(wellKnownPlaces.slice(0, each), "place", seed),
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
  refusals: "refusals",
};

function tables({ rows, wrong, truth, greedy, truthMass }: Calibration): string {
  const opinion = truthMass >= enoughTruthMass;
  const scores = scoreNames.filter((name) => name !== "truth" || opinion);
  const areas = (found: readonly { readonly name: string; readonly area: Area }[]): string[] =>
    scores.map((name) => areaText(found.find((each) => each.name === name)?.area));
  const exposure = markdownTable(
    ["seen in training", "names", "right", "refused", ...scores.map((name) => heads[name])],
    rows.map((row) => [
      bucketWords(row),
      String(row.people),
      withInterval(row.right),
      withInterval(row.refused),
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
