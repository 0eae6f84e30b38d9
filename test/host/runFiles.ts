import { readFile, writeFile } from "node:fs/promises";
import type { Uri } from "vscode";
import type { OpenRun } from "../../src/panels/runs/openRun";
import { readSavedRun } from "../../src/panels/runs/savedRun";

/** The file of a run with all that was said so far, and what is read from it. */
export async function savedRun<Spec, RunEvent extends object, Report>(open: OpenRun<Spec, RunEvent, Report>) {
  await open.settle();
  const text = await readFile(open.uri.fsPath, "utf8");
  return { uri: open.uri, text, saved: (await readSavedRun(text, open.experiment, new AbortController().signal))! };
}

/** Leaves a run's file as a process that was killed while it wrote does: `text`, then the beginning of a line. */
export async function cutOff(uri: Uri, text: string, line: string): Promise<void> {
  // Who let go of the file may still write its last.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await writeFile(uri.fsPath, text + line);
}
