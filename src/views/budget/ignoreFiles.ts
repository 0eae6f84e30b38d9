import ignore, { type Ignore } from "ignore";

/** As git sets core.ignoreCase by itself: where the file system takes no notice of case. */
const ignorecase = process.platform === "win32" || process.platform === "darwin";

/**
 * The `.gitignore` files of a folder tree, nested as git has them: the deepest one that says something decides, and
 * `!pattern` takes back. What git does for a file inside an ignored folder (nothing brings it back) is left to the
 * walk, which does not enter such folders.
 *
 * Paths are relative to the workspace folder, with forward slashes; the folder itself is "". Where it lies inside a
 * repository, `prefix` is its path from the repository's top, ending in a slash, and `above` holds that repository's
 * rules from outside the workspace folder, by their folders' paths from the top.
 */
export class IgnoreFiles {
  private readonly byFolder = new Map<string, Ignore>();

  constructor(
    private readonly prefix = "",
    above: Iterable<readonly [folder: string, content: string]> = [],
  ) {
    for (const [folder, content] of above) this.byFolder.set(folder, rulesOf(content));
  }

  /** Adds or replaces the rules of one folder. */
  set(folder: string, content: string): void {
    this.byFolder.set(`${this.prefix}${folder}`.replace(/\/$/, ""), rulesOf(content));
  }

  ignores(relative: string, isFolder: boolean): boolean {
    const path = `${this.prefix}${relative}`;
    let end = path.length;
    while (end > 0) {
      end = path.lastIndexOf("/", end - 1);
      const folder = end < 0 ? "" : path.slice(0, end);
      const rules = this.byFolder.get(folder);
      if (!rules) continue;
      const below = path.slice(end + 1);
      const { ignored, unignored } = rules.test(isFolder ? `${below}/` : below);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function rulesOf(content: string): Ignore {
  return ignore({ ignorecase }).add(content);
}
