import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { answersCsv } from "../experiments/reasoning/exports/answers";
import { runJson } from "../experiments/reasoning/exports/document";
import { markdownReport } from "../experiments/reasoning/exports/report";
import { setsTable } from "../experiments/reasoning/exports/setsTable";
import { reasoning } from "../experiments/reasoning/reasoning";
import type { ReasoningReport } from "../experiments/reasoning/report";
import { runFileEnding } from "../experiments/runFile";
import { InputError } from "./input";
import { readSavedRun } from "./savedRun";

export interface ReportOptions {
  readonly run: string;
  readonly format: "markdown" | "csv" | "json" | "table";
  /** The file to write; its plots and spec go beside it. */
  readonly out?: string;
}

/**
 * Writes a saved run as a report, or prints it: the plots of a Markdown report are written where it has a file to lie
 * beside.
 */
export async function report({ run: file, format, out }: ReportOptions): Promise<number> {
  const { spec, events, created, by } = await readSavedRun(file, reasoning);
  const run = events.reduce(reasoning.add, reasoning.start(spec));
  if (format === "table") {
    await write(tables(run), out);
    return 0;
  }
  if (format !== "markdown") {
    await write(format === "csv" ? answersCsv(run) : runJson(run, { created, by }), out);
    return 0;
  }
  const name = path.basename(out ?? file, out === undefined ? runFileEnding : path.extname(out));
  const { markdown, files } = markdownReport(run, { name, created, by });
  await write(markdown, out);
  if (out === undefined) {
    process.stderr.write("Plots and spec are written with --out FILE, beside it.\n");
    return 0;
  }
  for (const { name: beside, text } of files) await writeFile(path.join(path.dirname(out), beside), text);
  return 0;
}

/** By family and difficulty, a Markdown table for each model. */
function tables(run: ReasoningReport): string {
  const { models } = run.spec;
  const found = models.flatMap((model) => {
    const table = setsTable(run, model);
    return table === undefined ? [] : [models.length > 1 ? `${model}\n\n${table}` : table];
  });
  if (found.length > 0) return found.join("\n");
  throw new InputError("This run has no two families or difficulties to put into a table.");
}

async function write(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await mkdir(path.dirname(out), { recursive: true });
  await writeFile(out, text);
}
