import { suitesExports } from "../../experiments/suites/exports/exports";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import type { SuitesRun } from "./suitesRun";

export type { ExportFormat } from "../runs/savingFiles";

/** A run to a file of the person's choice: its answers, all of it, or a report. */
export function exportRun(run: SuitesRun, name: string, by: string, format: ExportFormat): Promise<void> {
  return exportThroughDialog(suitesExports, run, name, by, format);
}
