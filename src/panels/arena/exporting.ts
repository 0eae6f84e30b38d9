import { l10n, Uri, workspace } from "vscode";
import { arenaCsv, arenaJson, arenaMarkdown, isExportable } from "../../experiments/arena/exports";
import { UserError } from "../../platform/userError";
import { saveThroughDialog } from "../runs/savingFiles";
import type { ArenaRun } from "./arenaRun";

export type ExportFormat = "csv" | "json" | "markdown";

/** A run to files of the person's choice: its votes (or answers), all of it, or a report with its plot beside it. */
export async function exportRun(run: ArenaRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const { report, created } = run;
  if (!isExportable(report)) {
    throw new UserError(l10n.t("There is nothing to export yet: votes are exported once their names are shown."));
  }
  if (format === "csv") await saveThroughDialog(name, "csv", Buffer.from(arenaCsv(report)));
  if (format === "json") await saveThroughDialog(name, "json", Buffer.from(arenaJson(report, { created, by })));
  if (format !== "markdown") return;
  const target = await saveThroughDialog(name, "md", new Uint8Array());
  if (!target) return;
  // The files beside it are named after the one that was chosen.
  const chosen = target.path.split("/").at(-1)!.replace(/\.md$/i, "");
  const { markdown, files } = arenaMarkdown(report, { name: chosen, created, by });
  await workspace.fs.writeFile(target, Buffer.from(markdown));
  for (const { name: file, text } of files) {
    await workspace.fs.writeFile(Uri.joinPath(target, "..", file), Buffer.from(text));
  }
}
