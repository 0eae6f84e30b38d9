import { FileType, Uri, workspace } from "vscode";
import { setting } from "../../platform/configuration";
import { type GlobCondition, Globs } from "./globs";
import { IgnoreFiles } from "./ignoreFiles";
import { rootsWithin } from "./nestedRoots";
import { isLeftOut, type WalkRules } from "./walk";

/** The rules that hold in a workspace folder before its own `.gitignore` files are met. `roots`: all workspace folders. */
export async function readRules(root: Uri, roots: readonly Uri[]): Promise<WalkRules> {
  const configuration = workspace.getConfiguration(undefined, root);
  const own = setting("promptscope.budget.exclude", root).map((pattern) => [pattern, true] as const);
  const excludes = new Globs({
    ...configuration.get<Record<string, GlobCondition>>("files.exclude"),
    ...configuration.get<Record<string, GlobCondition>>("search.exclude"),
    ...Object.fromEntries(own),
  });
  return { excludes, ignores: await ignoresAbove(root), otherRoots: rootsWithin(root, roots) };
}

/** True when the rules leave out the path or a folder above it. */
export async function isPathLeftOut(root: Uri, path: string, type: FileType, rules: WalkRules): Promise<boolean> {
  const parts = path.split("/");
  for (let depth = 1; depth <= parts.length; depth++) {
    const part = parts.slice(0, depth).join("/");
    const folder = Uri.joinPath(root, ...parts.slice(0, depth - 1));
    const siblings = rules.excludes.conditional ? await namesIn(folder) : new Set<string>();
    if (isLeftOut(part, depth < parts.length ? FileType.Directory : type, siblings, rules)) return true;
  }
  return false;
}

async function namesIn(folder: Uri): Promise<Set<string>> {
  return workspace.fs.readDirectory(folder).then(
    (entries) => new Set(entries.map(([name]) => name)),
    () => new Set(),
  );
}

/**
 * The `.gitignore` files between the top of the repository and the workspace folder, and `.git/info/exclude`. None
 * where the repository ignores the workspace folder itself: who opens such a folder wants to see it.
 */
async function ignoresAbove(root: Uri): Promise<IgnoreFiles> {
  const folders = [root];
  for (let folder = root; !(await exists(Uri.joinPath(folder, ".git"))); ) {
    const parent = Uri.joinPath(folder, "..");
    if (parent.path === folder.path || root.scheme !== "file") return new IgnoreFiles();
    folders.unshift(parent);
    folder = parent;
  }
  const top = folders[0] ?? root;
  const pathFromTop = (folder: Uri): string => folder.path.slice(top.path.length).replace(/^\//, "");
  const above: [string, string][] = [];
  for (const folder of folders.slice(0, -1)) {
    const content = await readText(Uri.joinPath(folder, ".gitignore"));
    if (content !== undefined) above.push([pathFromTop(folder), content]);
  }
  const exclude = await readText(Uri.joinPath(top, ".git", "info", "exclude"));
  if (exclude !== undefined) {
    const first = above[0]?.[0] === "" ? above.shift()?.[1] : undefined;
    above.unshift(["", `${exclude}\n${first ?? ""}`]);
  }
  const path = pathFromTop(root);
  if (path === "") return new IgnoreFiles("", above);
  return new IgnoreFiles("", above).ignores(path, true) ? new IgnoreFiles() : new IgnoreFiles(`${path}/`, above);
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

async function readText(uri: Uri): Promise<string | undefined> {
  return workspace.fs.readFile(uri).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => undefined,
  );
}
