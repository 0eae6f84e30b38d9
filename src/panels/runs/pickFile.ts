import { l10n, type Uri, window, workspace } from "vscode";

/** A file of those kinds, looked for from the workspace on; undefined when the person leaves. */
export async function pickFile(title: string, filters: Record<string, string[]>): Promise<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const [file] = (await window.showOpenDialog({ title, filters, ...(folder && { defaultUri: folder }) })) ?? [];
  return file;
}

/** A file of questions; undefined when the person leaves. */
export function pickQuestions(): Promise<Uri | undefined> {
  return pickFile(l10n.t("Open questions"), {
    [l10n.t("Questions (JSONL, JSON, CSV, TSV)")]: ["jsonl", "ndjson", "json", "csv", "tsv"],
  });
}
