import { Uri, workspace } from "vscode";
import { answersCsv } from "../../experiments/reasoning/exports/answers";
import { runJson } from "../../experiments/reasoning/exports/document";
import { markdownReport } from "../../experiments/reasoning/exports/report";
import { saveThroughDialog } from "../runs/savingFiles";
import type { ReasoningRun } from "./reasoningRun";

export type ExportFormat = "csv" | "json" | "markdown";

/** A run to files of the person's choice: its answers, all of it, or a report with its plots beside it. */
export async function exportRun(run: ReasoningRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const { report, created } = run;
  if (format === "csv") await saveThroughDialog(name, "csv", Buffer.from(answersCsv(report)));
  if (format === "json") await saveThroughDialog(name, "json", Buffer.from(runJson(report, { created, by })));
  if (format !== "markdown") return;
  const target = await saveThroughDialog(name, "md", new Uint8Array());
  if (!target) return;
  // The files beside it are named after the one that was chosen.
  const chosen = target.path.split("/").at(-1)!.replace(/\.md$/i, "");
  const { markdown, files } = markdownReport(report, { name: chosen, created, by });
  await workspace.fs.writeFile(target, Buffer.from(markdown));
  for (const { name: file, text } of files) {
    await workspace.fs.writeFile(Uri.joinPath(target, "..", file), Buffer.from(text));
  }
}
