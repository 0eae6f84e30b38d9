import { describe, expect, it } from "vitest";
import { drained } from "../../../src/experiments/drained";
import { fileText } from "../../../src/tokenizers/fileText";
import {
  description,
  facts,
  footnote,
  gauge,
  headline,
  type Measure,
  spoken,
} from "../../../src/views/budget/budgetText";
import { BudgetTree, type FileState } from "../../../src/views/budget/budgetTree";
import { writingCsv, writingJson } from "../../../src/views/budget/exportBudget";
import { LanguageNames } from "../../../src/views/budget/languageNames";
import { type PromptPart, writingPrompt } from "../../../src/views/budget/promptText";

const text = (work: Generator<void, Uint8Array>): string => new TextDecoder().decode(drained(work));
const budgetCsv = (tree: BudgetTree, by: Measure): string => text(writingCsv(tree, by));
const budgetJson = (tree: BudgetTree, by: Measure, at: Date): string => text(writingJson(tree, by, at));
const promptText = (parts: readonly PromptPart[]): string => drained(writingPrompt(parts));

const measure: Measure = { tokenizer: "o200k_base", approximate: false, reason: undefined, contextWindow: 128_000 };
const estimate: Measure = { ...measure, approximate: true, reason: "No public tokenizer." };

function sample(files: Readonly<Record<string, FileState>>): BudgetTree {
  const tree = new BudgetTree([{ key: "file:///w", name: "w" }]);
  const root = tree.roots[0];
  if (!root) throw new Error("no root");
  for (const [path, state] of Object.entries(files)) tree.set(root, path, `file:///w/${path}`, "Markdown", state);
  return tree;
}

function counted(tokens: number, damaged = false): FileState {
  return { kind: "counted", tokens, hash: "h", damaged, mtime: 1, size: 4000 };
}

describe("words and numbers of the view", () => {
  const tree = sample({
    "a/x.md": counted(18_000),
    "y.md": counted(412),
    "z.bin": { kind: "skipped", reason: "binary" },
  });
  const node = (path: string) => tree.find(tree.roots[0]!, path)!;

  it("says how full the window is", () => {
    expect(headline(tree.total, measure)).toBe("18,412 of 128,000 · 14.4 %");
    expect(headline(tree.total, estimate)).toBe("≈ 18,412 of 128,000 · 14.4 %");
    expect(footnote(tree.total, measure)).toBe("2 files, o200k_base, exact, 1 skipped");
    expect(footnote(tree.total, estimate)).toBe("2 files, o200k_base, estimate, 1 skipped");
    const latin = sample({ "a.md": counted(7), "latin.md": counted(12, true) });
    expect(footnote(latin.total, measure)).toBe("2 files, o200k_base, estimate, 1 not UTF-8");
    expect(JSON.parse(budgetJson(latin, measure, new Date(0)))).toMatchObject({ exact: false });
    expect(description(latin.find(latin.roots[0]!, "latin.md")!, estimate)).toBe("≈ 12");
  });

  it("draws the gauge: never empty for something, never over full", () => {
    const widths = [0, 1e-9, 0.144, 0.5, 1, 7].map((share) => [...gauge(share)]);
    for (const cells of widths) expect(cells).toHaveLength(20);
    expect(gauge(0)).toBe("─".repeat(20));
    expect(gauge(1e-9).startsWith("━")).toBe(true);
    expect(gauge(0.5)).toBe("━".repeat(10) + "─".repeat(10));
    expect(gauge(7)).toBe("━".repeat(20));
  });

  it("describes folders, files and what is skipped", () => {
    expect(description(node("a"), measure)).toBe("18,000 · 14.1 % of window");
    expect(description(node("y.md"), measure)).toBe("412");
    expect(description(node("z.bin"), measure)).toBe("skipped: binary");
    expect(spoken(node("y.md"), estimate)).toBe("y.md, about 412 tokens, 0.3 % of the context window");
    expect(spoken(node("a"), measure)).toBe("a, folder, 1 file, 18,000 tokens, 14.1 % of the context window");
    expect(facts(node("y.md"), tree.total, measure)).toEqual([
      "y.md",
      "412 tokens (o200k_base)",
      "would fill 0.3 % of a window of 128,000",
      "2.2 % of all files shown",
      "4.0 kB on disk",
    ]);
    expect(facts(node("z.bin"), tree.total, measure)).toEqual(["z.bin", "Skipped: binary"]);
  });
});

describe("export", () => {
  const tree = sample({
    'odd, "name"\n.md': counted(7),
    "plain.md": counted(12, true),
    "big.bin": { kind: "skipped", reason: "tooLarge", size: 9 },
  });

  it("writes CSV by RFC 4180", () => {
    expect(budgetCsv(tree, { ...measure, contextWindow: 100 })).toBe(
      [
        "workspaceFolder,path,language,tokens,bytes,shareOfWindow,note",
        "w,plain.md,Markdown,12,4000,0.12,not UTF-8 throughout: the other bytes count as U+FFFD",
        'w,"odd, ""name""\n.md",Markdown,7,4000,0.07,',
        "w,big.bin,Markdown,,9,,over the size limit",
        "",
      ].join("\r\n"),
    );
  });

  it("writes JSON with totals", () => {
    const json = JSON.parse(budgetJson(tree, estimate, new Date(0)));
    expect(json).toMatchObject({
      tokenizer: "o200k_base",
      exact: false,
      reason: "No public tokenizer.",
      countedAt: "1970-01-01T00:00:00.000Z",
      total: { tokens: 19, counted: 2, skipped: 1, waiting: 0 },
      languages: [{ language: "Markdown", tokens: 19, files: 2 }],
    });
    expect(json.files.map((file: { tokens: number | null }) => file.tokens)).toEqual([12, 7, null]);
  });

  it("writes JSON as JSON.stringify does, with no files, too", () => {
    for (const each of [tree, sample({})]) {
      const written = budgetJson(each, estimate, new Date(0));
      expect(written).toBe(`${JSON.stringify(JSON.parse(written), null, 2)}\n`);
    }
    expect(JSON.parse(budgetJson(sample({}), measure, new Date(0))).files).toEqual([]);
  });

  it("goes step by step, so that tens of thousands of files hold nobody up", () => {
    const names = Array.from(
      { length: 20_000 },
      (_, index) => `folder-${index % 7}/sub-${index % 90}/file-${index}.md`,
    );
    const large = sample(Object.fromEntries(names.map((name, index) => [name, counted((index * 7919) % 5000)])));
    for (const work of [writingCsv(large, measure), writingJson(large, measure, new Date(0))]) {
      let steps = 0;
      for (let step = work.next(); !step.done; step = work.next()) steps++;
      expect(steps).toBeGreaterThan(2 * names.length);
    }
    const counts = budgetCsv(large, measure)
      .split("\r\n")
      .slice(1, -1)
      .map((line) => Number(line.split(",")[3]));
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(counts).toHaveLength(names.length);
  });
});

describe("fileText", () => {
  const bytes = (...values: number[]) => Uint8Array.from(values);

  it("reads UTF-8 and UTF-16 and takes the byte order mark off", () => {
    expect(fileText(new TextEncoder().encode("née 🌱"))).toEqual({ text: "née 🌱", damaged: false });
    expect(fileText(bytes(0xef, 0xbb, 0xbf, 0x61))).toEqual({ text: "a", damaged: false });
    expect(fileText(bytes(0xff, 0xfe, 0x61, 0, 0x62, 0))).toEqual({ text: "ab", damaged: false });
    expect(fileText(bytes(0xfe, 0xff, 0, 0x61))).toEqual({ text: "a", damaged: false });
    expect(fileText(bytes())).toEqual({ text: "", damaged: false });
  });

  it("tells binary files and damaged text", () => {
    expect(fileText(bytes(0x50, 0x4b, 0, 1))).toBeUndefined();
    expect(fileText(bytes(0x63, 0x61, 0x66, 0xe9))).toEqual({ text: "caf\uFFFD", damaged: true });
  });
});

describe("LanguageNames", () => {
  const names = new LanguageNames([
    { id: "markdown", aliases: ["Markdown", "md"], extensions: [".md"] },
    { id: "prompt", aliases: ["Prompt"], extensions: [".prompt.md"] },
    { id: "makefile", aliases: ["Makefile"], filenames: ["Makefile"] },
    { id: "nameless", extensions: [".nls"] },
    { id: "markdown", extensions: [".mkd"] },
  ]);

  it.each([
    ["a.md", "Markdown"],
    ["A.MD", "Markdown"],
    ["a.prompt.md", "Prompt"],
    ["a.b.md", "Markdown"],
    ["a.mkd", "Markdown"],
    ["makefile", "Makefile"],
    ["x.nls", "nameless"],
    ["x.Zig", ".zig files"],
    [".env", "No extension"],
    ["LICENSE", "No extension"],
  ])("%s: %s", (file, expected) => {
    expect(names.of(file)).toBe(expected);
  });
});

describe("promptText", () => {
  it("puts each file under its path in a fence", () => {
    const text = promptText([
      { path: "a/x.py", text: "print(1)\n" },
      { path: "LICENSE", text: "MIT" },
      { path: "empty.txt", text: "" },
    ]);
    expect(text).toBe("a/x.py\n```py\nprint(1)\n```\n\nLICENSE\n```\nMIT\n```\n\nempty.txt\n```txt\n```\n");
  });

  it("makes the fence longer than any inside", () => {
    const text = promptText([{ path: "x.md", text: "````\n```js\n```\n````\n" }]);
    expect(text.startsWith("x.md\n`````md\n````\n")).toBe(true);
    expect(text.endsWith("\n`````\n")).toBe(true);
  });
});
