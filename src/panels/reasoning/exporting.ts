import { writingCsv } from "../../experiments/reasoning/exports/answers";
import { writingJson } from "../../experiments/reasoning/exports/document";
import { writingReport } from "../../experiments/reasoning/exports/report";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import type { ReasoningRun } from "./reasoningRun";

/** A run to files of the person's choice: its answers, all of it, or a report with its plots beside it. */
export async function exportRun(run: ReasoningRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const { created } = run;
  // The report is taken once the file is chosen: answers may come while the dialog is open.
  await exportThroughDialog(name, format, {
    csv: () => writingCsv(run.report),
    json: () => writingJson(run.report, { created, by }),
    markdown: (chosen) => writingReport(run.report, { name: chosen, created, by }),
  });
}
