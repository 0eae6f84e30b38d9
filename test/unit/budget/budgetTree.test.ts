import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BudgetFolder,
  BudgetTree,
  bySize,
  type FileState,
  filesBelow,
  largestChildren,
} from "../../../src/views/budget/budgetTree";

function counted(tokens: number): FileState {
  return { kind: "counted", tokens, hash: "h", damaged: false, mtime: 1, size: tokens * 4 };
}

function tree(): { tree: BudgetTree; root: BudgetFolder; put: (path: string, state: FileState) => void } {
  const made = new BudgetTree([{ key: "file:///w", name: "w" }]);
  const root = made.roots[0];
  if (!root) throw new Error("no root");
  return {
    tree: made,
    root,
    put: (path, state) => void made.set(root, path, `file:///w/${path}`, path.slice(path.lastIndexOf(".") + 1), state),
  };
}

describe("BudgetTree", () => {
  it("sums up through the folders", () => {
    const { tree: made, root, put } = tree();
    put("a/b/x.md", counted(10));
    put("a/y.md", counted(5));
    put("z.py", counted(1));
    put("a/bin", { kind: "skipped", reason: "binary" });
    put("a/late.md", { kind: "waiting" });
    expect(root).toMatchObject({ tokens: 16, bytes: 64, counted: 3, skipped: 1, waiting: 1 });
    expect(made.find(root, "a")).toMatchObject({ tokens: 15, counted: 2, skipped: 1, waiting: 1 });
    expect(made.find(root, "a/b")).toMatchObject({ tokens: 10 });
    expect(made.languages()).toEqual([
      { language: "md", tokens: 15, files: 2 },
      { language: "py", tokens: 1, files: 1 },
    ]);
    put("a/late.md", counted(100));
    expect(root).toMatchObject({ tokens: 116, waiting: 0 });
  });

  it("takes removed files off and drops folders left empty", () => {
    const { tree: made, root, put } = tree();
    put("a/b/c/x.md", counted(10));
    put("a/y.md", counted(5));
    made.remove("file:///w/a/b/c/x.md");
    expect(made.find(root, "a/b")).toBeUndefined();
    expect(root.tokens).toBe(5);
    made.remove("file:///w/a/y.md");
    expect(root.children.size).toBe(0);
    expect(made.total).toEqual({ tokens: 0, bytes: 0, counted: 0, damaged: 0, skipped: 0, waiting: 0 });
    expect(made.languages()).toEqual([]);
    made.remove("file:///w/never.md");
  });

  it("sorts by tokens, then what is counted, then names", () => {
    const { root, put } = tree();
    put("small.md", counted(1));
    put("big.md", counted(9));
    put("folder/x.md", counted(5));
    put("skipped.bin", { kind: "skipped", reason: "binary" });
    put("b-empty.md", counted(0));
    put("a-empty.md", counted(0));
    put("waiting.md", { kind: "waiting" });
    const names = [...root.children.values()].sort(bySize).map(({ name }) => name);
    expect(names).toEqual(["big.md", "folder", "small.md", "a-empty.md", "b-empty.md", "waiting.md", "skipped.bin"]);
  });

  it("finds the largest children without sorting all of them", () => {
    const { tree: made, root, put } = tree();
    for (let i = 0; i < 300; i++) put(`f${i}.md`, counted((i * 37) % 50));
    const sorted = [...root.children.values()].sort(bySize);
    for (const count of [1, 10, 299, 300, 400]) expect(largestChildren(root, count)).toEqual(sorted.slice(0, count));
    expect(made.total.counted).toBe(300);
  });

  it("gives each file once however it was chosen", () => {
    const { tree: made, root, put } = tree();
    put("a/x.md", counted(1));
    put("a/y.md", counted(1));
    put("b.md", counted(1));
    const nodes = ["a", "a/x.md", "b.md"].map((path) => made.find(root, path)).filter((node) => node !== undefined);
    expect(filesBelow(nodes).map(({ path }) => path)).toEqual(["a/x.md", "a/y.md", "b.md"]);
  });

  it("keeps every sum equal to that of the files, whatever happens", () => {
    const path = fc
      .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 })
      .map((parts) => `${parts.join("/")}.f`);
    const state: fc.Arbitrary<FileState> = fc.oneof(
      fc.nat(1000).map(counted),
      fc.constant<FileState>({ kind: "waiting" }),
      fc.constant<FileState>({ kind: "skipped", reason: "tooLarge" }),
    );
    const steps = fc.array(fc.tuple(path, fc.option(state)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (changes) => {
        const { tree: made, root, put } = tree();
        for (const [where, what] of changes) what ? put(where, what) : made.remove(`file:///w/${where}`);
        checkSums(root);
        const files = filesBelow([root]);
        expect(new Set(files)).toEqual(new Set(made.allFiles()));
        expect(made.total.tokens).toBe(root.tokens);
        expect(made.languages().reduce((sum, { tokens }) => sum + tokens, 0)).toBe(root.tokens);
      }),
      { numRuns: 500 },
    );
  });
});

function checkSums(folder: BudgetFolder): void {
  const files = filesBelow([folder]);
  const tokens = files.reduce((sum, { state }) => sum + (state.kind === "counted" ? state.tokens : 0), 0);
  expect(folder.tokens).toBe(tokens);
  for (const kind of ["counted", "skipped", "waiting"] as const) {
    expect(folder[kind]).toBe(files.filter(({ state }) => state.kind === kind).length);
  }
  for (const child of folder.children.values()) {
    if (child.kind !== "folder") continue;
    expect(child.children.size).toBeGreaterThan(0);
    checkSums(child);
  }
}
