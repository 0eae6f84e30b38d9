import { open } from "node:fs/promises";
import * as v from "valibot";
import { l10n, Uri, workspace } from "vscode";
import type { RecentRun } from "../../../webview/runs/state";
import type { Experiment } from "../../experiments/experiment";
import { readHeader, runFileEnding } from "../../experiments/runFile";
import { setting } from "../../platform/configuration";
import { baseName } from "../baseName";

/** Where runs are saved by themselves: the setting's folder of the workspace, or the extension's own without one. */
export function runFolder(storage: Uri): Uri {
  const first = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file");
  return first
    ? Uri.joinPath(first.uri, ...setting("promptscope.runs.folder", first).split(/[\\/]+/))
    : Uri.joinPath(storage, "runs");
}

/** The folder as a person is told it. */
export function folderText(storage: Uri): string {
  const folder = runFolder(storage);
  const inside = workspace.getWorkspaceFolder(folder);
  return inside
    ? workspace.asRelativePath(folder, false)
    : l10n.t("the extension's own folder, since no folder is open");
}

/** A name for a run's file: what it is about and when, so that the list sorts by time within a name. */
export function runName(about: string, now: Date): string {
  const words = about
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  const time = now.toISOString().slice(0, 19).replace("T", "-").replace(/:/g, "");
  return `${words || "run"}-${time}${runFileEnding}`;
}

const mostRecent = 5;
/** Runs whose first line, which holds all their questions, is longer than this are not listed. */
const headBytes = 2_000_000;

/** What the list of recent runs has to know of an experiment. */
export interface Listed<Spec> {
  readonly experiment: Pick<Experiment<Spec, never, unknown>, "kind" | "spec">;
  /** What a run is about, for people: "50 problems". */
  label(spec: Spec): string;
}

/** What a saved run's first line says. */
export interface SavedHead<Spec> {
  readonly uri: Uri;
  /** ISO 8601. */
  readonly created: string;
  readonly spec: Spec;
}

/** Files of the folder that are looked into. */
const mostFiles = 40;

/** The runs of the experiment in the folder, the file that was written last first. Files that are no such runs are left out. */
export async function* savedRuns<Spec>(
  folder: Uri,
  experiment: Listed<Spec>["experiment"],
): AsyncGenerator<SavedHead<Spec>> {
  const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []); // nothing was saved yet
  const files = entries.flatMap(([name]) => (name.endsWith(runFileEnding) ? [Uri.joinPath(folder, name)] : []));
  const dated = await Promise.all(files.map(async (uri) => ({ uri, ...(await workspace.fs.stat(uri)) })));
  dated.sort((a, b) => b.mtime - a.mtime);
  for (const { uri } of dated.slice(0, mostFiles)) {
    const head = headOf(await firstLine(uri), experiment);
    if (head) yield { uri, ...head };
  }
}

/** The newest runs of the experiment in the folder. */
export async function recentRuns<Spec>(folder: Uri, { experiment, label }: Listed<Spec>): Promise<RecentRun[]> {
  const found: RecentRun[] = [];
  for await (const { uri, created, spec } of savedRuns(folder, experiment)) {
    found.push({ uri: uri.toString(), name: baseName(uri), label: label(spec), when: created });
    if (found.length === mostRecent) break;
  }
  return found;
}

async function firstLine(uri: Uri): Promise<string> {
  const file = await open(uri.fsPath);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead).toString("utf8").split("\n", 1)[0]!;
  } finally {
    await file.close();
  }
}

function headOf<Spec>(
  line: string,
  experiment: Listed<Spec>["experiment"],
): { readonly created: string; readonly spec: Spec } | undefined {
  try {
    const { kind, created, spec } = readHeader(line);
    const read = kind === experiment.kind ? v.safeParse(experiment.spec, spec) : undefined;
    return read?.success ? { created, spec: read.output } : undefined;
  } catch {
    return undefined; // not a run: the list leaves it out
  }
}
