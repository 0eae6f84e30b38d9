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
  readonly recommendations: readonly Recommendation[];
}

/** Changes closer together than this are drawn once; a speed may be measured many times a second. */
const drawMs = 100;

/** The Models view as VS Code's tree asks for it. */
export class ModelsTree implements TreeDataProvider<ViewNode> {
  private readonly store = new DisposableStore();
  private readonly emitter = this.store.add(new EventEmitter<void>());
  private timer: NodeJS.Timeout | undefined;
  private roots: readonly GroupNode[] = [];
  readonly onDidChangeTreeData: Event<void> = this.emitter.event;

  constructor(
    private readonly models: Models,
    private readonly library: LibraryFacts,
  ) {
    this.store.add(models.onDidChange(() => this.redrawSoon()));
    this.store.add(library.onDidChange(() => this.redrawSoon()));
  }

  getChildren(node?: ViewNode): ViewNode[] {
    if (node) return node.kind === "group" ? [...node.children] : [];
    const entries = this.models.list();
    // Nothing at all where models are off, so that the view's welcome text says why.
    const { downloads, recommendations } = this.library;
    this.roots = entries.length === 0 ? [] : modelTree(entries, downloads, recommendations);
    return [...this.roots];
  }

  getParent(node: ViewNode): ViewNode | undefined {
    if (node.kind === "group") return undefined;
    return this.roots.find(({ children }) => children.some((child) => nodeId(child) === nodeId(node)));
  }

  getTreeItem(node: ViewNode): TreeItem {
    return treeItem(node, (role) => this.models.defaultFor(role));
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.store.dispose();
  }

  private redrawSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.emitter.fire();
    }, drawMs);
  }
}
