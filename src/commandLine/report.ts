import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { arena } from "../experiments/arena/arena";
import { arenaExports, isExportable } from "../experiments/arena/exports";
import { drained } from "../experiments/drained";
import type { Experiment } from "../experiments/experiment";
import type { MarkdownReport, RunExports } from "../experiments/export/runExports";
import { hallucinationExports } from "../experiments/hallucination/exports/exports";
import { hallucination } from "../experiments/hallucination/hallucination";
import { interrogationExports } from "../experiments/interrogation/exports/exports";
import { interrogation } from "../experiments/interrogation/interrogation";
import { reasoningExports } from "../experiments/reasoning/exports/exports";
import { reasoning } from "../experiments/reasoning/reasoning";
import { runFileEnding } from "../experiments/runFile";
import { suitesExports } from "../experiments/suites/exports/exports";
import { suites } from "../experiments/suites/suites";
import { InputError, readText } from "./input";
import { headerOf, readWhole } from "./savedRun";

export interface ReportOptions {
  readonly run: string;
  readonly format: "markdown" | "csv" | "json" | "table";
  /** The file to write; its plots and spec go beside it. */
  readonly out?: string;
}

/**
 * Writes a saved run of any experiment as a report, or prints it: the plots of a Markdown report are written where it has a
 * file to lie beside.
 */
export async function report({ run: file, format, out }: ReportOptions): Promise<number> {
  const text = await readText(file);
  const { kind } = headerOf(text, file);
  const writer = writers.get(kind);
  if (!writer) {
    const kinds = [...writers.keys()].join(", ");
    throw new InputError(
      `${file} is a run of the kind “${kind}”: there are reports of ${kinds}. Open it in the editor.`,
    );
  }
  const name = path.basename(out ?? file, out === undefined ? runFileEnding : path.extname(out));
  const { markdown, files } = writer(text, file, format, name);
  await write(markdown, out);
  if (files.length === 0) return 0;
  if (out === undefined) {
    process.stderr.write("Plots and spec are written with --out FILE, beside it.\n");
    return 0;
  }
  for (const { name: beside, text: content } of files) await write(content, path.join(path.dirname(out), beside));
  return 0;
}

type Writer = (text: string, file: string, format: ReportOptions["format"], name: string) => MarkdownReport;

/** By the kinds of runs. */
const writers: ReadonlyMap<string, Writer> = new Map([
  [reasoning.kind, writerOf(reasoning, reasoningExports, "no two families or difficulties")],
  [hallucination.kind, writerOf(hallucination, hallucinationExports, "no answered question")],
  [interrogation.kind, writerOf(interrogation, interrogationExports, "no question")],
  [suites.kind, writerOf(suites, suitesExports, "no suite")],
  [arena.kind, writerOf(arena, arenaExports, "no votes, only answers side by side,", isExportable)],
]);

/** How runs of an experiment are written. `lacking`: what a run without a table has not; `allowed`: whether it may be told. */
function writerOf<Spec, Event, Report>(
  experiment: Experiment<Spec, Event, Report>,
  exports: RunExports<Report>,
  lacking: string,
  allowed: (report: Report) => boolean = () => true,
): Writer {
  return (text, file, format, name) => {
    const { spec, events, created, by } = readWhole(text, file, experiment);
    const run = events.reduce(experiment.add, experiment.start(spec));
    if (!allowed(run)) {
      throw new InputError(`${file} has nothing to report yet: votes are told once their names are shown.`);
    }
    if (format === "markdown") return drained(exports.markdown(run, { name, created, by }));
    if (format === "csv") return alone(drained(exports.csv(run)).join(""));
    if (format === "json") return alone(drained(exports.json(run, { created, by })).join(""));
    const table = drained(exports.table(run));
    if (table === undefined) throw new InputError(`This run has ${lacking} to put into a table.`);
    return alone(table);
  };
}

function alone(markdown: string): MarkdownReport {
  return { markdown, files: [] };
}

async function write(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    await mkdir(path.dirname(out), { recursive: true });
    await writeFile(out, text);
  } catch (error) {
    throw new InputError(`${out} cannot be written: ${(error as Error).message}`);
  }
}
