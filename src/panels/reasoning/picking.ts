import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import { recentRuns, runFolder } from "../runs/runFolder";
import { listedRuns } from "./questionSource";

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

/** A saved run: of the folder's newest ones, or any file. `besides` is left out. */
export async function pickRun(storage: Uri, title: string, besides: Uri | undefined): Promise<Uri | undefined> {
  const folder = runFolder(storage);
  const runs = (await recentRuns(folder, listedRuns)).filter(({ uri }) => uri !== besides?.toString());
  const items: (QuickPickItem & { readonly uri?: Uri })[] = runs.map(({ uri, name, label, when }) => ({
    label: name,
    description: label,
    detail: new Date(when).toLocaleString(),
    uri: Uri.parse(uri),
  }));
  if (items.length === 0) return browse(folder, title);
  const chosen = await window.showQuickPick([...items, { label: l10n.t("Another file…"), alwaysShow: true }], {
    title,
    matchOnDescription: true,
  });
  return chosen && (chosen.uri ?? browse(folder, title));
}

async function browse(folder: Uri, title: string): Promise<Uri | undefined> {
  const filters = { [l10n.t("Promptscope run")]: ["jsonl"] };
  const [file] = (await window.showOpenDialog({ title, filters, defaultUri: folder })) ?? [];
  return file;
}
