import {
  type Event,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
} from "vscode";
import { commands } from "../../contributions";
import { DisposableStore } from "../../platform/disposables";
import { formatCount, formatTokens } from "../../tokens/format";
import { Bars, type ThemedIcon } from "./bars";
import type { Budget } from "./budget";
import { amount, description, facts, type Measure, spoken } from "./budgetText";
import { type BudgetFolder, type BudgetNode, largestChildren, tokensOf } from "./budgetTree";

/** Stands for the smaller children of a large folder that are not listed yet. */
export interface MoreNode {
  readonly kind: "more";
  readonly folder: BudgetFolder;
  readonly hidden: number;
  readonly tokens: number;
}

export type ViewNode = BudgetNode | MoreNode;

/** Children of one folder listed at a time. */
const pageLength = 500;

/** The token budget as VS Code's tree asks for it: folders and files, largest first. */
export class BudgetTreeData implements TreeDataProvider<ViewNode> {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<ViewNode | undefined>());
  private readonly bars = new Bars();
  private readonly listed = new Map<string, number>();
  readonly onDidChangeTreeData: Event<ViewNode | undefined> = this.emitter.event;

  constructor(private readonly budget: Budget) {
    this.store.add(budget.onDidChange(() => this.emitter.fire(undefined)));
  }

  getChildren(node?: ViewNode): ViewNode[] {
    if (node) return node.kind === "folder" ? this.childrenOf(node) : [];
    const roots = this.budget.shown.roots;
    const [only] = roots;
    return only && roots.length === 1 ? this.childrenOf(only) : [...roots];
  }

  getParent(node: ViewNode): ViewNode | undefined {
    const parent = node.kind === "more" ? node.folder : node.parent;
    return parent && (parent.parent || this.budget.shown.roots.length > 1) ? parent : undefined;
  }

  getTreeItem(node: ViewNode): TreeItem {
    if (node.kind === "more") return moreItem(node, this.budget.measure);
    const isFolder = node.kind === "folder";
    const item = new TreeItem(node.name, isFolder ? folderState(node, this.budget) : TreeItemCollapsibleState.None);
    const { measure, shown } = this.budget;
    item.id = node.key;
    item.description = description(node, measure);
    item.iconPath = this.iconOf(node);
    item.contextValue = isFolder ? "promptscope.folder" : `promptscope.${fileContext(node)}`;
    item.accessibilityInformation = { label: spoken(node, measure) };
    item.tooltip = facts(node, shown.total, measure).join("\n");
    if (!isFolder) {
      const uri = Uri.parse(node.key, true);
      item.command = { command: "vscode.open", title: "Open", arguments: [uri, { preview: true }] };
    }
    return item;
  }

  /** Lists the next children of a large folder. */
  showMore(folder: BudgetFolder): void {
    this.listed.set(folder.key, (this.listed.get(folder.key) ?? pageLength) + pageLength);
    this.emitter.fire(folder.parent ? folder : undefined);
  }

  dispose(): void {
    this.store.dispose();
  }

  private childrenOf(folder: BudgetFolder): ViewNode[] {
    const children = largestChildren(folder, this.listed.get(folder.key) ?? pageLength);
    const hidden = folder.children.size - children.length;
    if (hidden === 0) return children;
    const tokens = folder.tokens - children.reduce((sum, child) => sum + tokensOf(child), 0);
    return [...children, { kind: "more", folder, hidden, tokens }];
  }

  /** A bar for the share of the folder that the node is in. */
  private iconOf(node: BudgetNode): ThemeIcon | ThemedIcon {
    if (node.kind === "file" && node.state.kind === "skipped") return new ThemeIcon("circle-slash");
    const whole = node.parent && (node.parent.parent || this.budget.shown.roots.length > 1) ? node.parent : undefined;
    return this.bars.of(tokensOf(node) / ((whole ?? this.budget.shown.total).tokens || 1));
  }
}

function fileContext(node: BudgetNode): string {
  return node.kind === "file" && node.state.kind === "counted" ? "file" : "skipped";
}

/** Top folders are open in a small workspace; everything that passes a filter is. */
function folderState(folder: BudgetFolder, budget: Budget): TreeItemCollapsibleState {
  const small = folder.parent?.parent === undefined && budget.shown.total.counted <= 50;
  const root = folder.parent === undefined;
  return root || small || budget.filter !== undefined
    ? TreeItemCollapsibleState.Expanded
    : TreeItemCollapsibleState.Collapsed;
}

function moreItem(node: MoreNode, measure: Measure): TreeItem {
  const item = new TreeItem(`${formatCount(node.hidden)} smaller ones`, TreeItemCollapsibleState.None);
  item.id = `${node.folder.key}#more`;
  item.description = amount(node.tokens, measure);
  item.iconPath = new ThemeIcon("ellipsis");
  item.tooltip = `Show the next ${formatCount(Math.min(pageLength, node.hidden))}`;
  item.accessibilityInformation = {
    label: `${formatCount(node.hidden)} smaller ones, ${formatTokens(node.tokens)} together; choose to show more`,
  };
  item.command = { command: commands.budgetShowMore, title: "Show more", arguments: [node.folder] };
  return item;
}
