import { readFile } from "node:fs/promises";
import path from "node:path";
import { markdownTable } from "../experiments/export/markdown";
import {
  bucketWords,
  type Calibration,
  calibrateReadings,
  calibrationItems,
  knownAgainstInvented,
} from "../experiments/hallucination/calibration";
import { probeSpec } from "../experiments/hallucination/defaults";
import { calibrationTables } from "../experiments/hallucination/exports/calibrationTables";
import { readExposure } from "../experiments/hallucination/exposure";
import { type Reading, readCell } from "../experiments/hallucination/reading";
import { type RefusingRow, refusingRows } from "../experiments/hallucination/refusing";
import { closedBook, type Item } from "../experiments/hallucination/spec";
import { wellKnownPeople, wellKnownPlaces } from "../experiments/hallucination/wellKnown";
import type { Rate } from "../experiments/statistics/rate";
import { modelId } from "./models";
import { runProbe } from "./probe";
import { withInterval } from "./text";

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
  readonly threads?: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** How far to trust a probe's scores on a model, as Markdown tables: by what a specimen has seen, or by known and invented names. */
export async function calibrateModel(options: CalibrateOptions): Promise<number> {
  const { model, against, out, json } = options;
  const items = await itemsFor(options);
  const readings = await closedReadings(options, model, items, out);
  const found = calibrateReadings(readings);
  if (against === undefined) {
    process.stdout.write(json ? `${JSON.stringify(found)}\n` : calibrationTables(found));
    return 0;
  }
  const others = await closedReadings(options, against, items, undefined);
  const both = { [against]: calibrateReadings(others), [model]: found };
  const cost = refusingRows(others, readings);
  process.stdout.write(json ? `${JSON.stringify({ ...both, cost })}\n` : `${refusalTable(both)}\n${costTable(cost)}`);
  return 0;
}

async function closedReadings(
  { dist, judge, samples, seed, threads, signal }: CalibrateOptions,
  model: string,
  items: readonly Item[],
  out: string | undefined,
): Promise<Reading[]> {
  const judged = judge === "words" ? null : modelId(judge ?? model);
  const spec = probeSpec({
    probed: modelId(model),
    judge: judged,
    items: [...items],
    samples,
    seed,
    controlSeed: seed,
  });
  const given = { ...(out !== undefined && { out }), ...(threads !== undefined && { threads }) };
  const { cells } = await runProbe(spec, { dist, signal, ...given });
  return [...cells.values()].filter(({ book }) => book === closedBook).map(readCell);
}

/** What refusing costs in answers that were right, and saves in answers that were made up. */
function costTable(rows: readonly RefusingRow[]): string {
  const of = (rate: Rate): string =>
    rate.trials === 0 ? "–" : `${rate.successes} of ${rate.trials}, ${withInterval(rate)}`;
  return markdownTable(
    ["seen in training", "names", "right before", "right now", "right answers lost", "made-up answers saved"],
    rows.map(({ group, names, confidentRight, refusingRight, lost, saved }) => [
      group,
      String(names),
      ...[confidentRight, refusingRight].map(withInterval),
      ...[lost, saved].map(of),
    ]),
  );
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
