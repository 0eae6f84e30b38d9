import { writingCsv } from "../../experiments/hallucination/exports/answers";
import { writingJson } from "../../experiments/hallucination/exports/document";
import { writingMarkdown } from "../../experiments/hallucination/exports/report";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import type { ProbeRun } from "./probeRun";

export type { ExportFormat } from "../runs/savingFiles";

/** A probe to files of the person's choice: its answers, all of it, or a report with its plot beside it. */
export async function exportProbe(run: ProbeRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const { created } = run;
  const safe = name.replace(/[^\p{L}\p{N} .,-]+/gu, "").trim() || "probe";
  // The report is taken once the file is chosen: answers may come while the dialog is open.
  await exportThroughDialog(safe, format, {
    csv: () => writingCsv(run.report),
    json: () => writingJson(run.report, { created, by }),
    markdown: (chosen) => writingMarkdown(run.report, { name: chosen, created, by }),
  });
}
