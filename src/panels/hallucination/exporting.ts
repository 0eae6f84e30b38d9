import { Uri, workspace } from "vscode";
import { writingCsv } from "../../experiments/hallucination/exports/answers";
import { writingJson } from "../../experiments/hallucination/exports/document";
import { writingMarkdown } from "../../experiments/hallucination/exports/report";
import { inSlices } from "../../tokens/slices";
import { chooseFile } from "../runs/savingFiles";
import type { ProbeRun } from "./probeRun";

export type ExportFormat = "csv" | "json" | "markdown";

const endings = { csv: "csv", json: "json", markdown: "md" } as const;

/** A probe to files of the person's choice: its answers, all of it, or a report with its plot beside it. */
export async function exportProbe(run: ProbeRun, name: string, by: string, format: ExportFormat): Promise<void> {
  const safe = name.replace(/[^\p{L}\p{N} .,-]+/gu, "").trim() || "probe";
  const target = await chooseFile(safe, endings[format]);
  if (!target) return;
  const { report, created } = run;
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
