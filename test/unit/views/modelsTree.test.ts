import { expect, it, vi } from "vitest";
import type { ModelEntry, Models } from "../../../src/models/models";
import type { ViewNode } from "../../../src/views/models/modelNodes";
import { ModelsTree } from "../../../src/views/models/modelsTree";

// Stand-ins for the few classes of VS Code that rows are made of: there is no editor here. How the rows look and their
// buttons work is seen in test/e2e/models.test.ts.
vi.mock("vscode", () => {
  class EventEmitter<T> {
    private readonly listeners: ((value: T) => void)[] = [];
    event = (listener: (value: T) => void) => {
      this.listeners.push(listener);
      return { dispose: () => undefined };
    };
    fire(value: T): void {
      for (const listener of this.listeners) listener(value);
    }
    dispose(): void {}
  }
  class TreeItem {
    constructor(
      readonly label: string,
      readonly collapsibleState = 0,
    ) {}
  }
  class MarkdownString {
    value = "";
    appendMarkdown = (text: string) => this.append(text);
    appendText = (text: string) => this.append(text);
    private append(text: string): this {
      this.value += text;
      return this;
    }
  }
  class ThemeIcon {
    constructor(readonly id: string) {}
  }
  const l10n = {
    t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, i: string) => String(parts[Number(i)])),
  };
  const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
  return { EventEmitter, TreeItem, MarkdownString, ThemeIcon, ThemeColor: ThemeIcon, l10n, TreeItemCollapsibleState };
});

const entry = (id: string, state: ModelEntry["state"] = { kind: "notLoaded" }): ModelEntry => ({
  ...{ id, name: id, kind: "builtIn", description: "", roles: ["base"], bytes: 1e6, location: `/${id}`, state },
});

it("draws the rows that changed and leaves the others, whose buttons may be under the mouse", async () => {
  vi.useFakeTimers();
  let entries = [entry("a"), entry("b")];
  let base = "a";
  let changed: () => void = () => undefined;
  const models = {
    list: () => entries,
    defaultFor: () => base,
    onDidChange: (listener: () => void) => {
      changed = listener;
      return { dispose: () => undefined };
    },
  } as unknown as Models;
  const library = { onDidChange: () => ({ dispose: () => undefined }), downloads: [], recommendations: async () => [] };
  const tree = new ModelsTree(models, library as never);
  const drawn: (readonly ViewNode[] | undefined)[] = [];
  tree.onDidChangeTreeData((nodes) => drawn.push(nodes));
  const [group] = await tree.getChildren();
  const rows = await tree.getChildren(group);
  const labels = rows.map((node) => tree.getTreeItem(node).accessibilityInformation?.label);
  expect(labels[0]).toContain("not loaded");
  const soon = async (): Promise<void> => {
    changed();
    await vi.advanceTimersByTimeAsync(200);
  };

  await soon();
  expect(drawn).toEqual([]);
  entries = [entry("a", { kind: "failed", message: "no", details: undefined }), entry("b")];
  await soon();
  expect(drawn).toHaveLength(1);
  expect(drawn[0]?.[0]).toBe(rows[0]);
  expect(drawn[0]).toHaveLength(1);
  expect(tree.getTreeItem(rows[0] as ViewNode).accessibilityInformation?.label).toContain("failed");

  // A default is no fact of a row's model and is drawn all the same, on both rows.
  base = "b";
  await soon();
  expect(drawn[1]).toEqual(rows);
  for (const row of rows) tree.getTreeItem(row);

  entries = [...entries, entry("c")];
  await soon();
  expect(drawn[2]).toEqual([group]);
  expect(await tree.getChildren(group)).toHaveLength(3);

  entries = [];
  await soon();
  expect(drawn[3]).toBeUndefined();
  expect(drawn).toHaveLength(4);
  tree.dispose();
  vi.useRealTimers();
});
