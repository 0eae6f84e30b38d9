import { describe, expect, it } from "vitest";
import { fileFilter, Globs } from "../../../src/views/budget/globs";

const alone = new Set<string>();

describe("Globs as in files.exclude", () => {
  const globs = new Globs({
    "**/node_modules": true,
    "**/.git": true,
    "*.log": true,
    "out/**": true,
    "/top.md": true,
    "**/*.{map,min.js}": true,
    "**/kept": false,
    "**/*.js": { when: "$(basename).ts" },
  });

  it.each([
    ["node_modules", true],
    ["a/b/node_modules", true],
    [".git", true],
    ["x.log", true],
    ["a/x.log", false],
    ["out", true],
    ["out/a/b", true],
    ["top.md", true],
    ["a/top.md", false],
    ["a/x.js.map", true],
    ["a/x.min.js", true],
    ["kept", false],
    ["README.md", false],
  ])("%s: %s", (path, expected) => {
    expect(globs.match(path, alone)).toBe(expected);
  });

  it("honours a condition on a sibling", () => {
    expect(globs.conditional).toBe(true);
    expect(globs.match("a/x.js", new Set(["x.js", "x.ts"]))).toBe(true);
    expect(globs.match("a/x.js", new Set(["x.js"]))).toBe(false);
    expect(new Globs({ "**/a": true }).conditional).toBe(false);
  });
});

describe("fileFilter", () => {
  it.each([
    ["word", "prompts/word-problems.md", true],
    ["WORD", "prompts/word-problems.md", true],
    ["prompts/w", "prompts/word-problems.md", true],
    ["other", "prompts/word-problems.md", false],
    ["*.md", "prompts/word-problems.md", true],
    ["*.MD", "prompts/word-problems.md", true],
    ["*.md", "data/people.jsonl", false],
    ["prompts/*", "prompts/a/b.md", false],
    ["prompts/**", "prompts/a/b.md", true],
    ["{data,code}/**", "code/a.py", true],
    ["./code/*.py", "code/a.py", true],
    ["  code  ", "code/a.py", true],
    ["a.b", "axb", false],
  ])("%s on %s: %s", (typed, path, expected) => {
    expect(fileFilter(typed)(path)).toBe(expected);
  });
});
