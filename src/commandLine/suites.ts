import { cellWords } from "../experiments/suites/exports/report";
import { edgeWords } from "../experiments/suites/finding";
import { suiteName, wayName } from "../experiments/suites/names";
import { readSuite } from "../experiments/suites/readSuite";
import { readySuiteIds, readySuites } from "../experiments/suites/ready";
import { gridOf, type SuiteCell, type SuitesReport, variantsOf } from "../experiments/suites/report";
import { runSuites } from "../experiments/suites/run";
import { type SuitesEvent, type SuitesSpec, suitesSpec } from "../experiments/suites/spec";
import type { Suite } from "../experiments/suites/suite";
import { suites } from "../experiments/suites/suites";
import { greedySampler } from "../inference/engine";
import { checked } from "./checked";
import { InputError, inFile, readText } from "./input";
import { modelId, runModels } from "./models";
import { openRun, type SavedRun } from "./savedRun";
import { columns, percent } from "./text";
import { fileName } from "./textFiles";

export interface SuitesOptions {
  readonly dist: string;
  readonly model: readonly string[];
  /** Ids of ready suites; all where none and no file is given. */
  readonly suite?: readonly string[];
  /** Own suites. */
  readonly file?: readonly string[];
  /** Cases each way of ready suites. */
  readonly size: number;
  readonly samples: number;
  readonly temperature: number;
  readonly seed: number;
  /** Percent; 1 is given back where a graded way has fewer right, or cases that were not answered. */
  readonly atLeast?: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** Runs suites, saves events as they come, prints the grid. 1 when a graded way has fewer right than asked for, or was not answered. */
export async function findEdges(options: SuitesOptions): Promise<number> {
  const { dist, signal, out, atLeast, json } = options;
  const spec = await specOf(options);
  const models = runModels(dist, signal);
  let saved: SavedRun<SuitesEvent> | undefined;
  let report: SuitesReport;
  try {
    saved = out === undefined ? undefined : await openRun(out, suites, spec);
    report = (saved?.events ?? []).reduce(suites.add, suites.start(spec));
    const total = spec.models.length * spec.samples * spec.suites.reduce((sum, { items }) => sum + items.length, 0);
    for await (const event of runSuites(spec, models.engines, signal, saved?.events)) {
      await saved?.add(event);
      report = suites.add(report, event);
      if (event.type === "failed") process.stderr.write(`${event.suite}, ${event.item}: ${event.message}\n`);
      if (process.stderr.isTTY) process.stderr.write(`\r${report.answers.size} of ${total} answers `);
    }
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\n");
    await saved?.close();
    await models.close();
  }
  const cells = gridOf(report);
  process.stdout.write(json ? `${JSON.stringify(cells.map(figures(report)))}\n` : table(report, cells));
  if (atLeast === undefined) return 0;
  const under = cells.flatMap((cell) => {
    const reason = notKept(report, cell, atLeast);
    return reason === undefined
      ? []
      : `Expected at least ${atLeast} % of ${cell.model}, ${nameOf(report, cell)}; ${reason}.\n`;
  });
  process.stderr.write(under.join(""));
  return under.length > 0 ? 1 : 0;
}

/** Why a way does not count as right enough; what was not answered was not shown to be right. Ways without references always do. */
function notKept({ spec }: SuitesReport, { items, right }: SuiteCell, atLeast: number): string | undefined {
  const graded = items.filter(({ item }) => item.reference !== undefined);
  const open = graded.filter(({ answers }) => answers.length < spec.samples).length;
  if (open > 0) return `${open} of ${graded.length} cases were not answered`;
  return right.rate < atLeast / 100 ? `it is ${percent(right.rate)}` : undefined;
}

async function specOf(options: SuitesOptions): Promise<SuitesSpec> {
  const { suite: ids = [], file: files = [], size, samples, temperature, seed, signal } = options;
  const unknown = ids.find((id) => !(readySuiteIds as readonly string[]).includes(id));
  if (unknown !== undefined) {
    throw new InputError(`There is no suite “${unknown}”. There are: ${readySuiteIds.join(", ")}.`);
  }
  const own = await Promise.all(
    files.map(async (file) => {
      const text = await readText(file, signal);
      return inFile(file, () => readSuite(text, fileName(file)));
    }),
  );
  const all = ids.length === 0 && files.length === 0;
  const ready = all || ids.length > 0 ? readySuites(seed, size).filter(({ id }) => all || ids.includes(id)) : [];
  return checked(suitesSpec, {
    models: options.model.map(modelId),
    suites: [...ready, ...own],
    ...(ready.length > 0 && { size }),
    samples,
    sampler: { ...greedySampler, temperature },
    seed,
  });
}

function table(report: SuitesReport, cells: readonly SuiteCell[]): string {
  const { models, suites: asked } = report.spec;
  const rows = asked.flatMap((suite: Suite) =>
    variantsOf(suite).map((variant) => [
      wayName(suite, variant),
      ...models.map((model) => {
        const cell = cells.find((each) => each.suite === suite.id && each.variant === variant && each.model === model)!;
        return cellWords(cell);
      }),
    ]),
  );
  const lines = columns([["asked", ...models], ...rows]);
  const findings = models.map((model) => {
    const { key, rest } = edgeWords(
      cells.filter((cell) => cell.model === model),
      report,
    );
    return `${model}: ${key} ${rest}`;
  });
  return `${[...lines, "", ...findings].join("\n")}\n`;
}

function figures(report: SuitesReport): (cell: SuiteCell) => object {
  return ({ suite, variant, model, right, items }) => ({
    suite: suiteName(report.spec.suites.find(({ id }) => id === suite)!),
    way: variant,
    model,
    cases: items.length,
    ...right,
    rate: Number.isNaN(right.rate) ? null : right.rate,
  });
}

function nameOf({ spec }: SuitesReport, { suite, variant }: SuiteCell): string {
  return wayName(spec.suites.find(({ id }) => id === suite)!, variant);
}
