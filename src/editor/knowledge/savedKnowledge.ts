import { l10n, type Uri, window, workspace } from "vscode";
import { interrogation } from "../../experiments/interrogation/interrogation";
import type { InterrogationReport } from "../../experiments/interrogation/report";
import { RunFileError, readRun } from "../../experiments/runFile";
import { UserError } from "../../platform/userError";
import { inSlices } from "../../tokens/slices";
import type { FileKnowledge } from "./knowledgeSource";

/** Lets a person choose a saved interrogation that asked about a file; undefined when they leave. Throws UserError. */
export async function chooseSavedKnowledge(file: Uri): Promise<FileKnowledge | undefined> {
  const [chosen] =
    (await window.showOpenDialog({
      title: l10n.t("Saved interrogation of this file"),
      openLabel: l10n.t("Show"),
      filters: { [l10n.t("Promptscope runs")]: ["jsonl"] },
    })) ?? [];
  return chosen && readKnowledge(chosen, file);
}

/** What a saved run holds about a file. Throws UserError where it is no interrogation, or not of this file. */
export async function readKnowledge(run: Uri, file: Uri): Promise<FileKnowledge> {
  const text = new TextDecoder().decode(await workspace.fs.readFile(run));
  const report = await inSlices(reading(text), new AbortController().signal).catch((error: unknown) => {
    throw error instanceof RunFileError ? new UserError(error.message) : error;
  });
  const names = new Set(report!.spec.snippets.map((snippet) => snippet.file));
  const found = [...names].find((name) => file.path === name || file.path.endsWith(`/${name.replaceAll("\\", "/")}`));
  if (found === undefined) {
    const own = file.path.split("/").at(-1) ?? file.path;
    throw new UserError(
      l10n.t("That run did not ask about {0}, but about {1}.", own, [...names].slice(0, 5).join(", ")),
    );
  }
  return { report: report!, file: found };
}

function* reading(text: string): Generator<void, InterrogationReport> {
  const { spec, events } = yield* readRun(text, interrogation);
  let report = interrogation.start(spec);
  for (const event of events) {
    report = interrogation.add(report, event);
    yield;
  }
  return report;
}
