import { l10n } from "vscode";
import { arenaExports, isExportable } from "../../experiments/arena/exports";
import { UserError } from "../../platform/userError";
import { type ExportFormat, exportThroughDialog } from "../runs/savingFiles";
import type { ArenaRun } from "./arenaRun";

export type { ExportFormat } from "../runs/savingFiles";

/** A run to files of the person's choice: its votes (or answers), all of it, or a report with its plot beside it. */
export async function exportRun(run: ArenaRun, name: string, by: string, format: ExportFormat): Promise<void> {
  if (!isExportable(run.report)) {
    throw new UserError(l10n.t("There is nothing to export yet: votes are exported once their names are shown."));
  }
  await exportThroughDialog(arenaExports, run, name, by, format);
}
