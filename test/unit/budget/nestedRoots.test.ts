import { describe, expect, it, vi } from "vitest";
import { Globs } from "../../../src/views/budget/globs";
import { IgnoreFiles } from "../../../src/views/budget/ignoreFiles";
import { rootsWithin } from "../../../src/views/budget/nestedRoots";
import { walk } from "../../../src/views/budget/walk";

const FileType = { File: 1, Directory: 2, SymbolicLink: 64 };
const folders: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  "/w": [
    ["a.md", FileType.File],
    ["docs", FileType.Directory],
    ["inner", FileType.Directory],
  ],
  "/w/docs": [
    ["inner", FileType.Directory],
    ["guide", FileType.Directory],
  ],
  "/w/docs/inner": [["c.md", FileType.File]],
  "/w/docs/guide": [["d.md", FileType.File]],
  "/w/inner": [["b.md", FileType.File]],
};
vi.mock("vscode", () => ({
  FileType: { File: 1, Directory: 2, SymbolicLink: 64 },
  Uri: { joinPath: (uri: { path: string }, path: string) => ({ ...uri, path: `${uri.path}/${path}` }) },
  workspace: { fs: { readDirectory: async ({ path }: { path: string }) => folders[path] } },
}));

const uri = (path: string, scheme = "file", authority = "") => ({ scheme, authority, path });

async function walked(path: string, roots: readonly string[]): Promise<string[]> {
  const root = uri(path);
  const rules = {
    ignores: new IgnoreFiles(),
    excludes: new Globs({}),
    otherRoots: rootsWithin(
      root,
      roots.map((each) => uri(each)),
    ),
  };
  const found: string[] = [];
  await walk(root as never, "", rules, (entry) => found.push(entry.path), new AbortController().signal);
  return found.sort();
}

describe("a workspace folder inside another", () => {
  it("is known by its path from the outer one", () => {
    const all = ["/w", "/w/inner", "/w/docs/guide/", "/w2", "/"].map((path) => uri(path));
    expect([...rootsWithin(uri("/w"), all)]).toEqual(["inner", "docs/guide"]);
    expect([...rootsWithin(uri("/"), all)]).toEqual(["w", "w/inner", "w/docs/guide", "w2"]);
    expect([...rootsWithin(uri("/w/inner"), all)]).toEqual([]);
    const elsewhere = [uri("/w/a", "vscode-remote"), uri("/w/b", "file", "server")];
    expect([...rootsWithin(uri("/w"), elsewhere)]).toEqual([]);
  });

  it("has its files for itself, and nothing else of that name is left out", async () => {
    const roots = ["/w", "/w/inner", "/w/docs/guide"];
    expect(await walked("/w", roots)).toEqual(["a.md", "docs/inner/c.md"]);
    expect(await walked("/w/inner", roots)).toEqual(["b.md"]);
    expect(await walked("/w", ["/w"])).toEqual(["a.md", "docs/guide/d.md", "docs/inner/c.md", "inner/b.md"]);
  });
});
