import { l10n, type QuickPickItem, Uri, window } from "vscode";
import { type Listed, recentRuns, runFolder } from "./runFolder";

/** A saved run: of the folder's newest ones, or any file; undefined when the person leaves. `besides` is left out. */
export async function pickRun<Spec>(
  storage: Uri,
  listed: Listed<Spec>,
  title: string,
  besides: Uri | undefined,
): Promise<Uri | undefined> {
  const folder = runFolder(storage);
  const runs = (await recentRuns(folder, listed)).filter(({ uri }) => uri !== besides?.toString());
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
