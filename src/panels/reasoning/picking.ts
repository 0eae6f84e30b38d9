import { l10n, type Uri, window, workspace } from "vscode";

/** A file of questions; undefined when the person leaves. */
export async function pickQuestions(): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t("Open questions"),
      filters: { [l10n.t("Questions (JSONL, JSON, CSV, TSV)")]: ["jsonl", "ndjson", "json", "csv", "tsv"] },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  return file;
}
