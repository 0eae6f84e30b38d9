import { hallucinationExports } from "../../experiments/hallucination/exports/exports";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import type { ProbeRun } from "./probeRun";

export type { ExportFormat } from "../runs/savingFiles";

/** A probe to files of the person's choice: its answers, all of it, or a report with its plot beside it. */
export async function exportProbe(run: ProbeRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const safe = name.replace(/[^\p{L}\p{N} .,-]+/gu, "").trim() || "probe";
  await exportThroughDialog(hallucinationExports, run, safe, by, format);
}
