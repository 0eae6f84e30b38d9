import { type Event, EventEmitter, type TreeDataProvider, type TreeItem } from "vscode";
import type { DownloadStatus, Recommendation } from "../../inference/library";
import type { Models } from "../../models/models";
import { DisposableStore } from "../../platform/disposables";
import { treeItem } from "./modelItems";
import { type GroupNode, modelTree, nodeId, type ViewNode } from "./modelNodes";

/** What the view shows besides models: what the library of files knows. */
export interface LibraryFacts {
  readonly onDidChange: Event<void>;
  readonly downloads: readonly DownloadStatus[];
  recommendations(): Promise<readonly Recommendation[]>;
}

/** Changes closer together than this are drawn once; a speed may be measured many times a second. */
const drawMs = 100;

/** The Models view as VS Code's tree asks for it. */
export class ModelsTree implements TreeDataProvider<ViewNode> {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<ViewNode[] | undefined>());
  /** Each row as it was last drawn, by its id. */
  private readonly drawn = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private roots: readonly GroupNode[] = [];
  readonly onDidChangeTreeData: Event<ViewNode[] | undefined> = this.emitter.event;

  constructor(
    private readonly models: Models,
    private readonly library: LibraryFacts,
  ) {
    this.store.add(models.onDidChange(() => this.redrawSoon()));
    this.store.add(library.onDidChange(() => this.redrawSoon()));
  }

  async getChildren(node?: ViewNode): Promise<ViewNode[]> {
    if (node) return node.kind === "group" ? [...node.children] : [];
    this.roots = await this.wanted();
    return [...this.roots];
  }

  getParent(node: ViewNode): ViewNode | undefined {
    if (node.kind === "group") return undefined;
    return this.roots.find(({ children }) => children.some((child) => nodeId(child) === nodeId(node)));
  }

  getTreeItem(node: ViewNode): TreeItem {
    const item = this.item(node);
    this.drawn.set(nodeId(node), JSON.stringify(item));
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.store.dispose();
  }

  private redrawSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.redraw();
    }, drawMs);
  }

  /**
   * Draws what changed. A click on a row's button while the whole tree is drawn anew loses its row, and the command would ask
   * which model is meant.
   */
  private async redraw(): Promise<void> {
    const wanted = await this.wanted();
    if (ids(wanted) !== ids(this.roots)) {
      this.emitter.fire(undefined);
      return;
    }
    const changed = this.roots.flatMap((group, i) => this.update(group, wanted[i] ?? group));
    if (changed.length > 0) this.emitter.fire(changed);
  }

  /** Brings a group up to date; gives what has to be drawn anew: itself where it has other rows, else the rows that changed. */
  private update(group: GroupNode, wanted: GroupNode): readonly ViewNode[] {
    if (ids(wanted.children) !== ids(group.children)) return [Object.assign(group, wanted)];
    return group.children.filter((node, i) => {
      // The view knows a row by its object, so that one gets the new facts.
      Object.assign(node, wanted.children[i]);
      const before = this.drawn.get(nodeId(node));
      return before !== undefined && before !== JSON.stringify(this.item(node));
    });
  }

  /** Nothing at all where models are off, so that the view's welcome text says why. */
  private async wanted(): Promise<readonly GroupNode[]> {
    const recommendations = await this.library.recommendations();
    const entries = this.models.list();
    return entries.length === 0 ? [] : modelTree(entries, this.library.downloads, recommendations);
  }

  private item(node: ViewNode): TreeItem {
    return treeItem(node, (role) => this.models.defaultFor(role));
  }
}

/** Which rows there are, in their order. */
function ids(nodes: readonly ViewNode[]): string {
  return nodes.map(nodeId).join("\n");
}
