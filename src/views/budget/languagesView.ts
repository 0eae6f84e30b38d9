import { type Event, EventEmitter, type TreeDataProvider, TreeItem, TreeItemCollapsibleState } from "vscode";
import { DisposableStore } from "../../platform/disposables";
import { formatCount, formatShare, formatTokens } from "../../tokens/format";
import { Bars } from "./bars";
import type { Budget } from "./budget";
import { amount } from "./budgetText";
import type { LanguageTotal } from "./budgetTree";

/** Totals by language, the largest first: "JSON Lines  9,870 · 53.6 %". */
export class LanguagesTreeData implements TreeDataProvider<LanguageTotal> {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<undefined>());
  private readonly bars = new Bars();
  readonly onDidChangeTreeData: Event<undefined> = this.emitter.event;

  constructor(private readonly budget: Budget) {
    this.store.add(budget.onDidChange(() => this.emitter.fire(undefined)));
  }

  getChildren(total?: LanguageTotal): LanguageTotal[] {
    return total ? [] : [...this.budget.shown.languages()];
  }

  getTreeItem({ language, tokens, files }: LanguageTotal): TreeItem {
    const { measure, shown } = this.budget;
    const share = shown.total.tokens > 0 ? tokens / shown.total.tokens : 0;
    const item = new TreeItem(language, TreeItemCollapsibleState.None);
    item.id = language;
    item.description = `${amount(tokens, measure)} · ${formatShare(share)}`;
    item.iconPath = this.bars.of(share);
    const text = `${formatTokens(tokens, measure.approximate)} in ${formatCount(files)} ${files === 1 ? "file" : "files"}`;
    item.tooltip = `${language}\n${text}\n${formatShare(share)} of all files shown`;
    item.accessibilityInformation = { label: `${language}, ${text}, ${formatShare(share)} of all files shown` };
    return item;
  }

  dispose(): void {
    this.store.dispose();
  }
}
