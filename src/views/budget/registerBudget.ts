import { type Disposable, type ExtensionContext, extensions, type TreeView, window } from "vscode";
import { views } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import type { Log } from "../../platform/log";
import type { AddedTokenizerStore } from "../../tokens/addedTokenizers";
import type { TokenizerService } from "../../tokens/tokenizerService";
import { Budget } from "./budget";
import { registerBudgetCommands } from "./budgetCommands";
import { BudgetHeader } from "./budgetHeader";
import { BudgetTreeData, type ViewNode } from "./budgetView";
import { Counters } from "./counters";
import { type LanguageContribution, LanguageNames } from "./languageNames";
import { LanguagesTreeData } from "./languagesView";

/** The token budget: two trees in the side bar and their commands. Counting starts when a tree is first seen. */
export function registerBudget(
  context: ExtensionContext,
  tokenizers: TokenizerService,
  added: AddedTokenizerStore,
  log: Log,
): Disposable {
  const store = new DisposableStore();
  const places = {
    workerScript: context.asAbsolutePath("dist/countWorker.mjs"),
    dataDirectory: context.asAbsolutePath("dist"),
    packedFile: (name: string) => added.packedFile(name),
    storage: context.storageUri?.fsPath,
    version: String(context.extension.packageJSON.version),
  };
  const counters = new Counters(places, log);
  const budget = store.add(new Budget(tokenizers, counters, new LanguageNames(declaredLanguages()), log));
  const data = store.add(new BudgetTreeData(budget));
  const view: TreeView<ViewNode> = store.add(
    window.createTreeView(views.budget, { treeDataProvider: data, canSelectMany: true, showCollapseAll: true }),
  );
  const languages = store.add(new LanguagesTreeData(budget));
  store.add(window.createTreeView(views.languages, { treeDataProvider: languages }));
  store.add(new BudgetHeader(budget, view));
  store.add(registerBudgetCommands({ budget, counters, data, view, log }));
  const countWhenSeen = (): void => {
    if (view.visible && budget.state.kind === "idle") void budget.count();
  };
  store.add(view.onDidChangeVisibility(countWhenSeen));
  countWhenSeen();
  return store;
}

/** What is common in prompt folders and declared by no extension that everybody has. */
const ownLanguages: readonly LanguageContribution[] = [
  { id: "plaintext", aliases: ["Plain Text"], extensions: [".txt"] },
  { id: "csv", aliases: ["CSV"], extensions: [".csv"] },
  { id: "prompty", aliases: ["Prompty"], extensions: [".prompty"] },
  { id: "jsonl", aliases: ["JSON Lines"], extensions: [".jsonl", ".ndjson"] },
];

function declaredLanguages(): LanguageContribution[] {
  const declared: LanguageContribution[] = extensions.all.flatMap(
    ({ packageJSON }) => packageJSON?.contributes?.languages ?? [],
  );
  return [...ownLanguages, ...declared];
}
