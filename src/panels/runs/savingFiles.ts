import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Uri, window, workspace } from "vscode";
import type { RunExports } from "../../experiments/export/runExports";
import type { TextParts } from "../../experiments/export/textParts";
import { inSlices } from "../../tokens/slices";
import { baseName } from "../baseName";

const names = { csv: "CSV", json: "JSON", md: "Markdown", svg: "SVG", png: "PNG" };
export type FileFormat = keyof typeof names;

/** What a run is exported as: its answers, all of it, or a report. */
export type ExportFormat = "csv" | "json" | "markdown";

const endings = { csv: "csv", json: "json", markdown: "md" } as const;

/** A run to be written. */
interface Exported<Report> {
  readonly report: Report;
  /** ISO 8601. */
  readonly created: string;
}

/** Writes a run to a file of the person's choice; a report's plots beside it. Nothing is written when they leave. */
export async function exportThroughDialog<Report>(
  exports: Omit<RunExports<Report>, "table">,
  run: Exported<Report>,
  name: string,
  by: string,
  format: ExportFormat,
): Promise<void> {
  const target = await chooseFile(name, endings[format]);
  if (!target) return;
  // The report is taken now that the file is chosen: answers may have come while the dialog was open.
  const { report, created } = run;
  if (format === "csv") return writeText(target, await written(exports.csv(report)));
  if (format === "json") return writeText(target, await written(exports.json(report, { created, by })));
  // The files beside it are named after the one that was chosen.
  const chosen = baseName(target).replace(/\.md$/i, "");
  const { markdown, files } = await written(exports.markdown(report, { name: chosen, created, by }));
  await writeText(target, [markdown]);
  for (const file of files) await writeText(Uri.joinPath(target, "..", file.name), [file.text]);
}

/** A file of the person's choice to write to; undefined when they leave. */
async function chooseFile(name: string, format: FileFormat): Promise<Uri | undefined> {
  return window.showSaveDialog({
    defaultUri: besideWork(`${name}.${format}`),
    filters: { [names[format]]: [format] },
  });
}

/** Writes to a file of the person's choice; undefined when they leave. */
export async function saveThroughDialog(name: string, format: FileFormat, bytes: Uint8Array): Promise<Uri | undefined> {
  const target = await chooseFile(name, format);
  if (target) await workspace.fs.writeFile(target, bytes);
  return target;
}

/** A file in the first folder of the workspace; VS Code's own choice where there is none. */
export function besideWork(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  return folder ? Uri.joinPath(folder.uri, name) : Uri.file(name);
}

/** Writes a file part by part, beside it first: a full disk leaves what was there. */
async function writeText(file: Uri, parts: TextParts): Promise<void> {
  if (file.scheme !== "file")
    return workspace.fs.writeFile(file, Buffer.concat(parts.map((each) => Buffer.from(each))));
  const partial = `${file.fsPath}.part`;
  try {
    await pipeline(Readable.from(parts), createWriteStream(partial));
    await rename(partial, file.fsPath);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** What is written in slices comes to its end where nobody ends it. */
async function written<T>(work: Generator<void, T>): Promise<T> {
  return (await inSlices(work, new AbortController().signal))!;
}
