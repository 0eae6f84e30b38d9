import {
  type Disposable,
  ProgressLocation,
  type TreeView,
  Uri,
  commands as vscodeCommands,
  window,
  workspace,
} from "vscode";
import { commands, views } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import { formatCount, formatShare, formatTokens } from "../../tokens/format";
import { inSlices } from "../../tokens/slices";
import type { Budget } from "./budget";
import { progressText } from "./budgetHeader";
import { amount, type Measure } from "./budgetText";
import type { BudgetFolder, BudgetNode, BudgetTree } from "./budgetTree";
import type { BudgetTreeData, ViewNode } from "./budgetView";
import { copyAsPrompt } from "./copyAsPrompt";
import type { Counters } from "./counters";
import { writingCsv, writingJson } from "./exportBudget";

interface Parts {
  readonly budget: Budget;
  readonly counters: Counters;
  readonly data: BudgetTreeData;
  readonly view: TreeView<ViewNode>;
  readonly log: Log;
}

/** The budget's commands; all but "show more" are in the palette. */
export function registerBudgetCommands(parts: Parts): Disposable {
  const { budget, data } = parts;
  const store = new DisposableStore();
  const register = (id: string, run: (...given: never[]) => unknown): void => {
    store.add(vscodeCommands.registerCommand(id, run));
  };
  register(commands.budgetRefresh, () => budget.count());
  register(commands.budgetCancel, () => budget.cancel());
  register(commands.budgetFilter, (typed?: string) => filter(budget, typed));
  register(commands.budgetClearFilter, () => budget.setFilter(undefined));
  register(commands.budgetShowMore, (folder: BudgetFolder) => data.showMore(folder));
  register(commands.budgetExportCsv, () => save(parts, "csv", writingCsv));
  register(commands.budgetExportJson, () =>
    save(parts, "json", (tree, measure) => writingJson(tree, measure, new Date())),
  );
  register(commands.budgetCopyAsPrompt, (clicked?: ViewNode, selected?: ViewNode[]) => copy(parts, clicked, selected));
  register(commands.countWorkspace, () => countWorkspace(budget));
  return store;
}

async function filter(budget: Budget, typed?: string): Promise<void> {
  const text =
    typed ??
    (await window.showInputBox({
      title: "Filter token budget",
      prompt: "Part of a path, or a glob: *.md, prompts/**, {src,test}/**/*.ts",
      value: budget.filter ?? "",
    }));
  if (text !== undefined) await budget.setFilter(text);
}

/** Counts if nothing is counted yet; false, with a message, where that gives nothing to work on. */
async function ensureCounted(budget: Budget, forWhat: string): Promise<boolean> {
  if (budget.state.kind === "idle") await budget.count();
  if (budget.shown.total.counted > 0) return true;
  await window.showWarningMessage(`There is nothing to ${forWhat}: no files are counted.`);
  return false;
}

async function save(
  { budget, log }: Parts,
  extension: "csv" | "json",
  write: (tree: BudgetTree, measure: Measure) => Generator<void, Uint8Array>,
): Promise<void> {
  if (!(await ensureCounted(budget, "export"))) return;
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    title: "Export token budget",
    filters: extension === "csv" ? { "Comma-separated values": ["csv"] } : { JSON: ["json"] },
    ...(folder && { defaultUri: Uri.joinPath(folder, `token-budget.${extension}`) }),
  });
  if (!target) return;
  try {
    // Nobody ends it, so it comes to its end.
    const bytes = (await inSlices(write(budget.shown, budget.measure), new AbortController().signal))!;
    await workspace.fs.writeFile(target, bytes);
  } catch (error) {
    log.error("token budget not exported", error);
    const reason = error instanceof Error ? error.message : String(error);
    await window.showErrorMessage(`The token budget could not be written to ${target.fsPath}. ${reason}`);
    return;
  }
  await vscodeCommands.executeCommand("vscode.open", target);
}

async function copy({ budget, counters, view }: Parts, clicked?: ViewNode, selected?: ViewNode[]): Promise<void> {
  if (!(await ensureCounted(budget, "copy"))) return;
  const chosen = selected?.length ? selected : clicked ? [clicked] : view.selection;
  const nodes = chosen.filter((node): node is BudgetNode => node.kind !== "more");
  if (nodes.length === 0) {
    await vscodeCommands.executeCommand(`${views.budget}.focus`);
    await window.showInformationMessage("Select files or folders in the token budget first.");
    return;
  }
  await copyAsPrompt(nodes, budget, counters);
}

/** Counts with a notification that can be cancelled, shows the view, and says the totals. */
async function countWorkspace(budget: Budget): Promise<void> {
  if (!workspace.workspaceFolders?.length) {
    await window.showInformationMessage("No folder is open. Open one to count its files.");
    return;
  }
  await vscodeCommands.executeCommand(`${views.budget}.focus`);
  await window.withProgress(
    { location: ProgressLocation.Notification, title: "Counting tokens", cancellable: true },
    async (progress, token) => {
      token.onCancellationRequested(() => budget.cancel());
      const subscription = budget.onDidChange(() => progress.report({ message: progressText(budget) }));
      try {
        await budget.count();
      } finally {
        subscription.dispose();
      }
    },
  );
  const { tree, measure, state } = budget;
  if (state.kind !== "ready") return;
  const languages = tree
    .languages()
    .slice(0, 5)
    .map(
      ({ language, tokens }) =>
        `${language} ${amount(tokens, measure)} (${formatShare(tokens / (tree.total.tokens || 1))})`,
    );
  const all = `${formatTokens(tree.total.tokens, measure.approximate)} in ${formatCount(tree.total.counted)} files (${measure.tokenizer})`;
  const share = `${formatShare(tree.total.tokens / measure.contextWindow)} of the window`;
  await window.showInformationMessage(`${all}, ${share}. ${languages.join(", ")}`);
}
