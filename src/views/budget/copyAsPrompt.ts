import { env, Uri, window, workspace } from "vscode";
import { setting } from "../../platform/configuration";
import { fileText } from "../../tokens/fileText";
import { formatBytes, formatCount, formatShare, formatTokens } from "../../tokens/format";
import type { Budget } from "./budget";
import { type BudgetFile, type BudgetNode, filesBelow } from "./budgetTree";
import type { Counters } from "./counters";
import { type PromptPart, promptText } from "./promptText";

/**
 * Puts the files at and below the nodes on the clipboard as one prompt, and says how many tokens the whole of it has,
 * headings and fences included. Open files go in as they are in the editor, saved or not.
 */
export async function copyAsPrompt(nodes: readonly BudgetNode[], budget: Budget, counters: Counters): Promise<void> {
  const files = filesBelow(nodes);
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
  const parts = await Promise.all(counted.map((file) => readPart(file, severalRoots)));
  const texts = parts.filter((part) => part !== undefined);
  const prompt = promptText(texts);
  await env.clipboard.writeText(prompt);
  const tokens = await counters.countText(prompt, budget.selection.tokenizer);
  await tell(tokens, texts.length, files.length - texts.length, budget);
}

async function tell(tokens: number, copied: number, left: number, { measure }: Budget): Promise<void> {
  const { contextWindow, tokenizer, approximate } = measure;
  const what = `Copied ${formatCount(copied)} ${copied === 1 ? "file" : "files"} as one prompt: ${formatTokens(tokens, approximate)} (${tokenizer})`;
  const without = left > 0 ? ` ${formatCount(left)} skipped files are not in it.` : "";
  if (tokens > contextWindow) {
    const over = formatCount(tokens - contextWindow);
    await window.showWarningMessage(
      `${what}, ${over} more than the window of ${formatCount(contextWindow)}.${without}`,
    );
  } else {
    const share = formatShare(tokens / contextWindow);
    await window.showInformationMessage(`${what}, ${share} of the window of ${formatCount(contextWindow)}.${without}`);
  }
}

async function readPart(file: BudgetFile, severalRoots: boolean): Promise<PromptPart | undefined> {
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === file.key);
  const text = open ? open.getText() : await readText(Uri.parse(file.key, true));
  if (text === undefined) return undefined;
  let root = file.parent;
  while (root.parent) root = root.parent;
  return { path: severalRoots ? `${root.name}/${file.path}` : file.path, text };
}

async function readText(uri: Uri): Promise<string | undefined> {
  const bytes = await workspace.fs.readFile(uri).then(
    (content) => content,
    // Deleted or made unreadable since it was counted: told as one of the skipped.
    () => undefined,
  );
  return bytes && fileText(bytes)?.text;
}
