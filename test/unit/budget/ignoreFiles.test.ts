import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { IgnoreFiles } from "../../../src/views/budget/ignoreFiles";

/** What git itself says about the same tree: the files it would track. */
function trackedByGit(files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(path.join(tmpdir(), "promptscope-ignore-"));
  try {
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
      writeFileSync(path.join(root, file), content);
    }
    execFileSync("git", ["init", "-q"], { cwd: root });
    const output = execFileSync(
      "git",
      ["-c", "core.quotePath=false", "ls-files", "-z", "--others", "--exclude-standard"],
      {
        cwd: root,
        env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
      },
    );
    return output.toString().split("\0").filter(Boolean).sort();
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The same by our rules, walking as the budget does: ignored folders are not entered. */
function keptByRules(files: Readonly<Record<string, string>>): string[] {
  const rules = new IgnoreFiles();
  const kept: string[] = [];
  const visit = (folder: string): void => {
    const prefix = folder === "" ? "" : `${folder}/`;
    const own = files[`${prefix}.gitignore`];
    if (own !== undefined) rules.set(folder, own);
    const below = Object.keys(files).filter((file) => file.startsWith(prefix));
    const names = new Set(below.map((file) => file.slice(prefix.length).split("/")[0] ?? ""));
    for (const name of names) {
      const isFolder = below.some((file) => file.startsWith(`${prefix}${name}/`));
      if (rules.ignores(`${prefix}${name}`, isFolder)) continue;
      if (isFolder) visit(`${prefix}${name}`);
      else kept.push(`${prefix}${name}`);
    }
  };
  visit("");
  return kept.sort();
}

const trees: Record<string, Record<string, string>> = {
  "patterns at any depth": {
    ".gitignore": "*.log\nnode_modules/\n",
    "a.log": "",
    "a.md": "",
    "src/b.log": "",
    "src/node_modules/x.js": "",
    "node_modules/y.js": "",
  },
  "anchored patterns": {
    ".gitignore": "/dist\nsrc/*.js\n",
    "dist/a": "",
    "src/dist/a": "",
    "src/a.js": "",
    "src/sub/b.js": "",
  },
  negations: {
    ".gitignore": "*.txt\n!keep.txt\nlogs/*\n!logs/keep.me\nclosed/\n!closed/in.txt\n",
    "a.txt": "",
    "keep.txt": "",
    "logs/x": "",
    "logs/keep.me": "",
    "closed/in.txt": "",
  },
  "nested files, the deepest decides": {
    ".gitignore": "*.md\n",
    "a.md": "",
    "docs/.gitignore": "!*.md\nsecret.md\n",
    "docs/b.md": "",
    "docs/secret.md": "",
    "docs/deep/.gitignore": "!secret.md\n",
    "docs/deep/secret.md": "",
  },
  "a folder pattern does not match a file": { ".gitignore": "build/\n", build: "", "src/build/a": "" },
  "double stars, classes, spaces and comments": {
    ".gitignore": "# no\n**/tmp/**\na/**/z\n[0-9].txt\nwith\\ space\n\\#hash\n",
    "tmp/a": "",
    "x/tmp/b": "",
    "a/z": "",
    "a/b/c/z": "",
    "1.txt": "",
    "10.txt": "",
    "with space": "",
    "#hash": "",
  },
  "case as the file system has it": {
    ".gitignore": "*.log\nBuild/\n!KEEP.log\n",
    "a.LOG": "",
    "b.log": "",
    "keep.log": "",
    "build/x": "",
    "src/Build/y": "",
  },
  "CRLF is no part of a pattern": {
    ".gitignore": "*.log\r\n*.tmp\r\n",
    "a.log": "",
    "b.tmp": "",
    "c.md": "",
  },
};

describe("IgnoreFiles says what git says", () => {
  it.each(Object.entries(trees))("%s", (_name, files) => {
    const expected = trackedByGit(files);
    expect(expected.length).toBeGreaterThan(0);
    expect(keptByRules(files)).toEqual(expected);
  });

  it("knows rules from above the workspace folder", () => {
    const rules = new IgnoreFiles("packages/app/", [
      ["", "*.log\n/packages/app/dist\n"],
      ["packages", "!important.log\n"],
    ]);
    expect(rules.ignores("a.log", false)).toBe(true);
    expect(rules.ignores("sub/a.log", false)).toBe(true);
    expect(rules.ignores("important.log", false)).toBe(false);
    expect(rules.ignores("dist", true)).toBe(true);
    rules.set("", "!a.log\n");
    expect(rules.ignores("a.log", false)).toBe(false);
    expect(rules.ignores("b.log", false)).toBe(true);
  });
});
