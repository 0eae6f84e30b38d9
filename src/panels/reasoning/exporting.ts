import { reasoningExports } from "../../experiments/reasoning/exports/exports";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import type { ReasoningRun } from "./reasoningRun";

/** A run to files of the person's choice: its answers, all of it, or a report with its plots beside it. */
export function exportRun(run: ReasoningRun, name: string, by: string, format: ExportFormat): Promise<void> {
  return exportThroughDialog(reasoningExports, run, name, by, format);
}
