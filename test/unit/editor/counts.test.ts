import { describe, expect, it } from "vitest";
import { gaugeIcon, type SelectionCount, statusText } from "../../../src/editor/counts/statusText";
import { statusTooltip } from "../../../src/editor/counts/statusTooltip";
import { worthCounting } from "../../../src/editor/counts/worthCounting";
import { markdownSections, type Section } from "../../../src/tokenizers/markdownSections";
import { shortfall } from "../../../src/tokens/chatCounts";
import type { DocumentCount } from "../../../src/tokens/documentCounts";

function sections(text: string): Section[] {
  const lines = text.split("\n");
  const work = markdownSections(lines.length, (line) => lines[line] ?? "");
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const selection = { tokenizer: "o200k_base", kind: "exact", asked: "o200k_base", contextWindow: 128_000 } as const;
const none: SelectionCount = { kind: "none" };
const counted = (tokens: number): DocumentCount => ({ selection, kind: "counted", tokens });

describe("Markdown sections", () => {
  it("ends a section at the next heading of its level or above", () => {
    expect(sections("# A\ntext\n## B\n### C\n## D\n# E")).toEqual([
      { level: 1, line: 0, endLine: 5 },
      { level: 2, line: 2, endLine: 4 },
      { level: 3, line: 3, endLine: 4 },
      { level: 2, line: 4, endLine: 5 },
      { level: 1, line: 5, endLine: 6 },
    ]);
  });

  it("leaves out fences, front matter, and what only looks like a heading", () => {
    const text = "---\n# no\n---\n```sh\n# no\n```\n~~~~\n# no\n~~~\n# no\n~~~~\n#no\n    # no\n# yes\n";
    expect(sections(text).map(({ line }) => line)).toEqual([13]);
  });

  it("knows underlined headings, and lists and rules that are none", () => {
    const text = "Title\n=====\n\nPart\n---\n\n- item\n---\n\n***\n---";
    expect(sections(text)).toEqual([
      { level: 1, line: 0, endLine: 11 },
      { level: 2, line: 3, endLine: 11 },
    ]);
  });

  it("leaves out a single title, which says no more than the file's count", () => {
    expect(worthCounting(sections("# A\n## B\n## C")).map(({ line }) => line)).toEqual([1, 2]);
    expect(worthCounting(sections("# A\n# B")).length).toBe(2);
  });
});

describe("status bar text", () => {
  it("says count, tokenizer and share of the window", () => {
    expect(statusText(counted(1284), none)).toEqual({
      text: "$(promptscope-gauge-sliver) 1,284 tokens · o200k_base · 1.0 % of 128k",
      spoken: "1,284 tokens, o200k_base, 1.0 % of 128k context window",
      tone: "plain",
    });
    expect(statusText(counted(1), none).text).toContain(" 1 token · ");
  });

  it("turns amber at 75 % and red at 90 %", () => {
    const tone = (tokens: number): string => statusText(counted(tokens), none).tone;
    expect([95_999, 96_000, 115_199, 115_200].map(tone)).toEqual(["plain", "warning", "warning", "error"]);
  });

  it("counts the selection's share when there is one", () => {
    expect(statusText(counted(64_000), { kind: "counted", tokens: 1280 }).text).toBe(
      "$(promptscope-gauge-sliver) 1,280 of 64,000 tokens selected · o200k_base · 1.0 % of 128k",
    );
  });

  it("marks stand-ins and samples as estimates", () => {
    const estimate = { ...selection, kind: "estimate", reason: "No tokenizer is published." } as const;
    expect(statusText({ selection: estimate, kind: "counted", tokens: 10 }, none).text).toContain("≈ 10 tokens");
    expect(statusText({ selection, kind: "sampled", tokens: 10, reason: "" }, none).spoken).toContain(
      "about 10 tokens",
    );
  });

  it("shows progress and failure", () => {
    expect(statusText({ selection, kind: "counting", tokens: 5, progress: 0.379 }, none).text).toContain(
      "counting… 37 %",
    );
    expect(statusText({ selection, kind: "failed", message: "gone" }, none)).toMatchObject({ tone: "warning" });
  });

  it("fills the gauge: nothing, a sliver, tenths, full", () => {
    expect([0, 0.001, 0.1, 0.999, 1, 3].map(gaugeIcon)).toEqual(
      ["empty", "sliver", "10", "90", "100", "100"].map((step) => `promptscope-gauge-${step}`),
    );
  });

  it("tells in the tooltip what it costs and why it is an estimate", () => {
    const estimate = { ...selection, kind: "estimate", asked: "claude-x", reason: "No tokenizer is public." } as const;
    const statistics = { characters: 5000, words: 900, bytes: 5100 };
    const price = { perMillionTokens: 3, currency: "$" };
    const tooltip = statusTooltip(
      { selection: estimate, kind: "counted", tokens: 1250 },
      1250,
      "file",
      statistics,
      price,
    );
    expect(tooltip).toContain("| ≈ 1,250 |");
    expect(tooltip).toContain("| 4.00 |");
    expect(tooltip).toContain("0.0038");
    expect(tooltip).toContain("No tokenizer is public.");
  });
});

it("names what the count of a chat leaves out", () => {
  expect(shortfall(undefined)).toBeUndefined();
  expect(shortfall(["tools", "toolCalls"])).toBe("The model gets more. Not counted: tool descriptions, tool calls.");
});
