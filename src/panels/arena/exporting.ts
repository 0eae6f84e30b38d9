import { l10n, Uri, workspace } from "vscode";
import { isExportable, writingCsv, writingJson, writingMarkdown } from "../../experiments/arena/exports";
import { UserError } from "../../platform/userError";
import { inSlices } from "../../tokens/slices";
import { chooseFile } from "../runs/savingFiles";
import type { ArenaRun } from "./arenaRun";

export type ExportFormat = "csv" | "json" | "markdown";

const endings = { csv: "csv", json: "json", markdown: "md" } as const;

/** A run to files of the person's choice: its votes (or answers), all of it, or a report with its plot beside it. */
export async function exportRun(run: ArenaRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const { report, created } = run;
  if (!isExportable(report)) {
    throw new UserError(l10n.t("There is nothing to export yet: votes are exported once their names are shown."));
  }
  const target = await chooseFile(name, endings[format]);
  if (!target) return;
  const write = (file: Uri, text: string) => workspace.fs.writeFile(file, Buffer.from(text));
  if (format === "csv") return write(target, await written(writingCsv(report)));
  if (format === "json") return write(target, await written(writingJson(report, { created, by })));
  // The files beside it are named after the one that was chosen.
  const chosen = target.path.split("/").at(-1)!.replace(/\.md$/i, "");
  const { markdown, files } = await written(writingMarkdown(report, { name: chosen, created, by }));
  await write(target, markdown);
  for (const { name: file, text } of files) await write(Uri.joinPath(target, "..", file), text);
}

/** What is written in slices comes to its end where nobody ends it. */
async function written<T>(work: Generator<void, T>): Promise<T> {
  return (await inSlices(work, new AbortController().signal))!;
}
