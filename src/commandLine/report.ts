import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { answersCsv } from "../experiments/reasoning/exports/answers";
import { runJson } from "../experiments/reasoning/exports/document";
import { markdownReport } from "../experiments/reasoning/exports/report";
import { reasoning } from "../experiments/reasoning/reasoning";
import { runFileEnding } from "../experiments/runFile";
import { readSavedRun } from "./savedRun";

export interface ReportOptions {
  readonly run: string;
  readonly format: "markdown" | "csv" | "json";
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

async function write(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await mkdir(path.dirname(out), { recursive: true });
  await writeFile(out, text);
}
