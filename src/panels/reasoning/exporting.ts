import { writingCsv } from "../../experiments/reasoning/exports/answers";
import { writingJson } from "../../experiments/reasoning/exports/document";
import { writingReport } from "../../experiments/reasoning/exports/report";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import type { ReasoningRun } from "./reasoningRun";

/** How a run is written; its tables are the command line's alone. */
const exports = { csv: writingCsv, json: writingJson, markdown: writingReport };

/** A run to files of the person's choice: its answers, all of it, or a report with its plots beside it. */
export function exportRun(run: ReasoningRun, name: string, by: string, format: ExportFormat): Promise<void> {
  return exportThroughDialog(exports, run, name, by, format);
}
