import { Uri, workspace } from "vscode";
import { answersCsv } from "../../experiments/hallucination/exports/answers";
import { probeJson } from "../../experiments/hallucination/exports/document";
import { probeMarkdown } from "../../experiments/hallucination/exports/report";
import { saveThroughDialog } from "../runs/savingFiles";
import type { ProbeRun } from "./probeRun";

export type ExportFormat = "csv" | "json" | "markdown";

/** A probe to files of the person's choice: its answers, all of it, or a report with its plot beside it. */
export async function exportProbe(run: ProbeRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const { report, created } = run;
  const safe = name.replace(/[^\p{L}\p{N} .,-]+/gu, "").trim() || "probe";
  if (format === "csv") await saveThroughDialog(safe, "csv", Buffer.from(answersCsv(report)));
  if (format === "json") await saveThroughDialog(safe, "json", Buffer.from(probeJson(report, { created, by })));
  if (format !== "markdown") return;
  const target = await saveThroughDialog(safe, "md", new Uint8Array());
  if (!target) return;
  // The files beside it are named after the one that was chosen.
  const chosen = target.path.split("/").at(-1)!.replace(/\.md$/i, "");
  const { markdown, files } = probeMarkdown(report, { name: chosen, created, by });
  await workspace.fs.writeFile(target, Buffer.from(markdown));
  for (const { name: file, text } of files) {
    await workspace.fs.writeFile(Uri.joinPath(target, "..", file), Buffer.from(text));
  }
}
