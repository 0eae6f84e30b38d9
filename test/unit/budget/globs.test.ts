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

describe("a glob", () => {
  it.each([
    ["**", "a/b", true],
    ["**/a/**/b", "a/x/y/b", true],
    ["**/a/**/b", "xa/b", false],
    ["a**/b", "ax/b", true],
    ["a**/b", "a/x/b", false],
    ["a?c", "a/c", false],
    ["[!a-c]x", "dx", true],
    ["[!a-c]x", "bx", false],
    ["[a", "[a", true],
    ["{a,b{c,d/**}}", "bd/x", true],
    ["{a,b{c,d}}", "b", false],
    ["a,b}", "a,b}", true],
    ["+(a|b).js", "+(a|b).js", true],
    ["+(a|b).js", "a.js", false],
    ["!a", "b", false],
  ])("%s on %s: %s", (pattern, path, expected) => {
    expect(new Globs({ [pattern]: true }).match(path, alone)).toBe(expected);
  });

  it.each(["(a+)+c", "*a".repeat(100), "**/a/".repeat(100), "{a,aa}".repeat(100), "[".repeat(1000)])(
    "takes no time, whatever it is: %.20s",
    (pattern) => {
      const globs = new Globs({ [`${pattern}c`]: true });
      expect(globs.match("a".repeat(200), alone) || globs.match("a/".repeat(200), alone)).toBe(false);
    },
  );
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
