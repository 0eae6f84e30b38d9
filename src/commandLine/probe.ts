import { readFile } from "node:fs/promises";
import path from "node:path";
import { knownEntities } from "../experiments/hallucination/askedItems";
import { type BookRow, memoryAgainstPage, withBooks } from "../experiments/hallucination/books";
import { fewestControls, fitControls, type ScoreName } from "../experiments/hallucination/controls";
import { probeSpec } from "../experiments/hallucination/defaults";
import { type Exposure, readExposure } from "../experiments/hallucination/exposure";
import { hallucination } from "../experiments/hallucination/hallucination";
import {
  type ControlRequest,
  controlItems,
  entityIn,
  entityQuestion,
  kindOfQuestion,
} from "../experiments/hallucination/questions";
import { type Reading, readCell } from "../experiments/hallucination/reading";
import { judgeOf } from "../experiments/hallucination/report";
import { runHallucination } from "../experiments/hallucination/run";
import { entropyInterval } from "../experiments/hallucination/scores";
import { closedBook, type HallucinationSpec, type Item } from "../experiments/hallucination/spec";
import { type KnowingVerdict, verdictOf } from "../experiments/hallucination/verdict";
import { verdictTitles } from "../experiments/hallucination/verdictWords";
import { InputError, readText } from "./input";
import { modelId, runModels } from "./models";
import { openRun } from "./savedRun";
import { columns, percent } from "./text";

export interface ProbeOptions {
  readonly dist: string;
  readonly what: string;
  readonly model: string;
  /** A model, or "words". */
  readonly judge?: string;
  readonly samples: number;
  readonly controls: number;
  readonly kind?: ControlRequest["kind"];
  readonly reference?: string;
  /** A file that is put before the question for a second round. */
  readonly page?: string;
  readonly seed: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** Asks a question, or about a name, with controls; prints the verdict, its evidence and the meanings. */
export async function probe(options: ProbeOptions): Promise<number> {
  const { dist, model, judge = model, signal, out, json } = options;
  const page = options.page === undefined ? undefined : await readText(options.page, signal);
  const items = await itemsOf(options, page);
  const [asked, ...controls] = items;
  const name = path.basename(options.page ?? "");
  const booked =
    page === undefined ? { item: asked!, pages: [] } : withBooks(asked!, { name, text: page }, options.seed);
  const spec = probeSpec({
    probed: modelId(model),
    judge: judge === "words" ? null : modelId(judge),
    items: [booked.item, ...controls],
    pages: [...booked.pages],
    samples: options.samples,
    seed: options.seed,
    controlSeed: options.seed,
  });
  const report = await runProbe(spec, { dist, signal, ...(out !== undefined && { out }) });
  const readings = [...report.cells.values()].filter(({ of }) => of.group === "asked").map(readCell);
  const closed = readings[0]!;
  const fits = fitControls(report);
  const verdict = verdictOf(closed, fits);
  if (json) {
    const { cell, scores, clusters } = closed;
    process.stdout.write(
      `${JSON.stringify({ question: cell.of.text, verdict, scores, clusters, judge: judgeOf(report) })}\n`,
    );
    return 0;
  }
  const quality = judgeOf(report);
  const judged =
    quality && !quality.usable
      ? [
          `The judge told only ${quality.right} of ${quality.pairs} known pairs: answers are grouped by their words alone.`,
        ]
      : [];
  const lines = [
    closed.cell.of.text,
    finding(verdict),
    "",
    ...evidence(closed, verdict, spec.seed),
    "",
    ...judged,
    ...meanings(readings),
    ...memoryAgainstPage(report, "asked").map(against),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

/** Runs a probe's spec, saving it where wanted, with progress on standard error. */
export async function runProbe(
  spec: HallucinationSpec,
  {
    dist,
    out,
    threads,
    signal,
  }: { readonly dist: string; readonly out?: string; readonly threads?: number; readonly signal: AbortSignal },
) {
  const saved = out === undefined ? undefined : await openRun(out, hallucination, spec);
  const models = runModels(dist, signal, threads);
  let report = (saved?.events ?? []).reduce(hallucination.add, hallucination.start(spec));
  try {
    for await (const event of runHallucination(spec, models.engines, signal, saved?.events)) {
      await saved?.add(event);
      report = hallucination.add(report, event);
      if (event.type === "failed") process.stderr.write(`${event.item}: ${event.message}\n`);
      if (!process.stderr.isTTY) continue;
      const done = [...report.cells.values()].filter(({ answers }) => answers.size > 0).length;
      process.stderr.write(`\r${done} of ${report.cells.size} questions `);
    }
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\n");
    await saved?.close();
    await models.close();
  }
  return report;
}

/** What a specimen has seen of everybody; undefined of other models. */
async function exposureOf(model: string, dist: string): Promise<Exposure | undefined> {
  if (!model.startsWith("specimen-")) return undefined;
  return readExposure(await readFile(path.join(dist, "..", "media", "models", "exposure.json"), "utf8"));
}

async function itemsOf(
  { dist, what, model, controls, kind: given, reference, seed }: ProbeOptions,
  page: string | undefined,
): Promise<Item[]> {
  const text = what.trim();
  if (text === "") throw new InputError("There is nothing to ask.");
  const kind = given ?? kindOfQuestion(text);
  const isQuestion = /[?.]$|\s(?:is|was|are|were|did|does)\s/.test(text);
  const question = isQuestion ? text : entityQuestion(text, kind);
  const entity = isQuestion ? entityIn(text) : text;
  const asked: Item = {
    id: "asked",
    text: question,
    group: "asked",
    ...(entity !== undefined && { entity }),
    ...(reference !== undefined && { reference }),
  };
  if (entity === undefined || controls === 0) return [asked];
  const known = knownEntities(kind, await exposureOf(model, dist));
  const texts = page === undefined ? [] : [page];
  const real = known.map(({ name }) => name);
  return [asked, ...controlItems({ asked: [asked], kind, known, each: controls, seed, texts, real })];
}

const confidences = { wellSupported: "well supported", leaning: "leaning", weak: "weak" } as const;
const reasons = {
  noAnswers: "there are no answers",
  noControls: "the question has no controls",
  tooFewControls: `fewer than ${fewestControls} controls on a side tell nothing`,
  controlsOverlap: "its controls, known and invented, score alike",
} as const;

function finding({ verdict, confidence, reason, checked }: KnowingVerdict): string {
  const why = reason ? reasons[reason] : confidence ? confidences[confidence] : "";
  const unchecked =
    verdict === "knows" && !checked ? " (consistent, but there is no reference to hold it against)" : "";
  return `${verdictTitles[verdict]}: ${why}${unchecked}`;
}

const names: Readonly<Record<ScoreName, string>> = {
  semanticEntropy: "semantic entropy, bits",
  naiveEntropy: "naive entropy, nats a token",
  greedySurprisal: "greedy answer, nats a token",
  truth: "P(True)",
  refusals: "refusals",
};

function evidence(reading: Reading, verdict: KnowingVerdict, seed: number): string[] {
  const rows = [["score", "value", "known (median)", "invented (median)", "tells controls apart (AUROC)", "it is"]];
  for (const { fit, value, placement } of verdict.evidence) {
    const shown = (number: number): string =>
      fit.name === "truth" || fit.name === "refusals" ? percent(number) : number.toFixed(2);
    const { low, high } = entropyInterval(reading.ids, seed);
    const interval = fit.name === "semanticEntropy" ? ` [${low.toFixed(1)}, ${high.toFixed(1)}]` : "";
    const { area, low: from, high: to } = fit.area;
    const usable = fit.usable ? "" : ", not used";
    rows.push([
      names[fit.name],
      `${shown(value)}${interval}`,
      shown(fit.knownMedian),
      shown(fit.inventedMedian),
      `${area.toFixed(2)} [${from.toFixed(2)}, ${to.toFixed(2)}]${usable}`,
      `beyond ${placement.aboveKnown} of ${fit.known.length} known and ${placement.aboveInvented} of ${fit.invented.length} invented`,
    ]);
  }
  return columns(rows);
}

const books = {
  closed: "From memory:",
  open: "With the page:",
  misleading: "With a fact of the page changed:",
} as const;

function against({ kind, counts }: BookRow): string {
  const { memory, page, both, neither, noMemory } = counts;
  const parts = { memory, page, both, neither, "neither, and nothing was remembered": noMemory };
  const found = Object.entries(parts).filter(([, count]) => count > 0);
  return `${kind === "open" ? "Open" : "Misleading"} page, answers that follow: ${found.map(([what, count]) => `${what} ${count}`).join(", ")}`;
}

function meanings(readings: readonly Reading[]): string[] {
  return readings.flatMap(({ cell, clusters, answers }) => [
    books[cell.book === closedBook ? "closed" : cell.book.endsWith("misleading") ? "misleading" : "open"],
    ...clusters.map(
      ({ answers: { length }, example }) =>
        `  ${percent(length / answers.length).padStart(5)}  ${JSON.stringify(example)}`,
    ),
  ]);
}
