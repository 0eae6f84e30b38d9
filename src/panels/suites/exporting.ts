import { answersCsv } from "../../experiments/suites/exports/answers";
import { runJson } from "../../experiments/suites/exports/document";
import { markdownReport } from "../../experiments/suites/exports/report";
import { type ExportFormat, saveThroughDialog } from "../runs/savingFiles";
import type { SuitesRun } from "./suitesRun";

export type { ExportFormat } from "../runs/savingFiles";

/** A run to a file of the person's choice: its answers, all of it, or a report. */
export async function exportRun(run: SuitesRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const { report, created } = run;
  const written = { created, by };
  if (format === "csv") await saveThroughDialog(name, "csv", Buffer.from(answersCsv(report)));
  if (format === "json") await saveThroughDialog(name, "json", Buffer.from(runJson(report, written)));
  if (format === "markdown") await saveThroughDialog(name, "md", Buffer.from(markdownReport(report, name, written)));
}
