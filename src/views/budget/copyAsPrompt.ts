import { env, l10n, Uri, window, workspace } from "vscode";
import { setting } from "../../platform/configuration";
import { type FileText, fileText } from "../../tokenizers/fileText";
import { formatBytes, formatCount, formatShare, formatTokens } from "../../tokens/format";
import { inSlices } from "../../tokens/slices";
import type { Budget } from "./budget";
import { type BudgetFile, type BudgetNode, byPath, listingFiles } from "./budgetTree";
import type { Counters } from "./counters";
import { type PromptPart, writingPrompt } from "./promptText";

/**
 * Puts the files at and below the nodes on the clipboard as one prompt, and says how many tokens the whole of it has,
 * headings and fences included. Open files go in as they are in the editor, saved or not.
 */
export async function copyAsPrompt(
  nodes: readonly BudgetNode[],
  budget: Budget,
  counters: Pick<Counters, "countText">,
): Promise<void> {
  // Nobody ends it, so it comes to its end.
  const files = (await inSlices(listingFiles(nodes, byPath), new AbortController().signal))!;
  const counted = files.filter(({ state }) => state.kind === "counted");
  if (counted.length === 0) {
    await window.showWarningMessage("Nothing was copied: the selection holds no counted text files.");
    return;
  }
  const bytes = counted.reduce((sum, { state }) => sum + (state.kind === "counted" ? state.size : 0), 0);
  const limit = setting("promptscope.files.maxSizeMB") * 1_000_000;
  if (bytes > limit) {
    const sizes = `${formatBytes(bytes)} in ${formatCount(counted.length)} files; the limit is ${formatBytes(limit)}`;
    await window.showWarningMessage(`Nothing was copied: the selection holds ${sizes} (promptscope.files.maxSizeMB).`);
    return;
  }
  const severalRoots = budget.tree.roots.length > 1;
  const texts = await readParts(counted, severalRoots);
  const prompt = (await inSlices(writingPrompt(texts), new AbortController().signal))!;
  await env.clipboard.writeText(prompt);
  const tokens = await counters.countText(prompt, budget.selection.tokenizer);
  const damaged = texts.filter((part) => part.damaged).length;
  await tell(tokens, { copied: texts.length, damaged, left: files.length - texts.length }, budget);
}

interface Told {
  readonly copied: number;
  /** Of the copied ones those with characters that could not be read. */
  readonly damaged: number;
  readonly left: number;
}

async function tell(tokens: number, { copied, damaged, left }: Told, { measure }: Budget): Promise<void> {
  const { contextWindow, tokenizer, approximate } = measure;
  const what = `Copied ${formatCount(copied)} ${copied === 1 ? "file" : "files"} as one prompt: ${formatTokens(tokens, approximate)} (${tokenizer})`;
  const without =
    left === 0
      ? ""
      : left === 1
        ? " 1 skipped file is not in it."
        : ` ${formatCount(left)} skipped files are not in it.`;
  const notes = damaged > 0 ? `${without} ${damagedText(damaged)}` : without;
  if (tokens > contextWindow) {
    const over = formatCount(tokens - contextWindow);
    await window.showWarningMessage(`${what}, ${over} more than the window of ${formatCount(contextWindow)}.${notes}`);
  } else {
    const share = formatShare(tokens / contextWindow);
    await window.showInformationMessage(`${what}, ${share} of the window of ${formatCount(contextWindow)}.${notes}`);
  }
}

function damagedText(files: number): string {
  return files === 1
    ? l10n.t("1 file holds characters that could not be read: files.encoding says which encoding it has.")
    : l10n.t(
        "{0} files hold characters that could not be read: files.encoding says which encoding they have.",
        formatCount(files),
      );
}

/** Files read at a time: thousands of requests at once would hold up the extension host. */
const width = 16;

async function readParts(files: readonly BudgetFile[], severalRoots: boolean): Promise<(PromptPart & FileText)[]> {
  const found: (PromptPart & FileText)[] = [];
  for (let start = 0; start < files.length; start += width) {
    const group = files.slice(start, start + width);
    const parts = await Promise.all(group.map((file) => readPart(file, severalRoots)));
    found.push(...parts.filter((part) => part !== undefined));
  }
  return found;
}

async function readPart(file: BudgetFile, severalRoots: boolean): Promise<(PromptPart & FileText) | undefined> {
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === file.key);
  const text = open ? { text: open.getText(), damaged: false } : await readText(Uri.parse(file.key, true));
  if (!text) return undefined;
  let root = file.parent;
  while (root.parent) root = root.parent;
  return { path: severalRoots ? `${root.name}/${file.path}` : file.path, ...text };
}

async function readText(uri: Uri): Promise<FileText | undefined> {
  const bytes = await workspace.fs.readFile(uri).then(
    (content) => content,
    // Deleted or made unreadable since it was counted: told as one of the skipped.
    () => undefined,
  );
  const read = bytes && fileText(bytes);
  if (!read?.damaged) return read;
  // What is no UTF-8 is read as the editor would: in the encoding that the settings say.
  const document = await workspace.openTextDocument(uri).then(
    (opened) => opened,
    () => undefined, // larger than what VS Code gives extensions
  );
  const text = document?.getText() ?? read.text;
  return { text, damaged: text.includes("\ufffd") };
}
