import { describe, expect, it } from "vitest";
import { contestantNames } from "../../../../src/experiments/arena/contestantNames";
import { readPrompts } from "../../../../src/experiments/arena/readPrompts";
import type { Contestant } from "../../../../src/experiments/arena/spec";
import { drained } from "../../../../src/experiments/drained";
import { greedySampler, plainSampler } from "../../../../src/inference/engine";

const read = (text: string, name: string) => drained(readPrompts(text, name));

describe("prompts of a file", () => {
  it("are its lines", () => {
    expect(read("One\r\n\r\n  Two  \nThree", "a.txt")).toEqual({ texts: ["One", "Two", "Three"], more: false });
  });

  it("are the rows of JSON Lines, as texts or objects", () => {
    const rows = ['{"prompt": "One", "answer": 1}', '"Two\\nlines"', '{"question": "Three"}'];
    expect(read(rows.join("\n"), "a.jsonl").texts).toEqual(["One", "Two\nlines", "Three"]);
    expect(() => read('{"prompt": "One"}\n[1]', "a.jsonl")).toThrow("Line 2 is neither a text nor an object");
    expect(() => read('{"prompt": ', "a.ndjson")).toThrow(/^Line 1 is not valid JSON/);
    expect(() => read('{"text": "One"}', "a.jsonl")).toThrow("Line 1 has no question.");
  });

  it("are the sections of Markdown without their headings, code in fences being no heading", () => {
    const text = "before\n\n# One\n\nA\nB\n\n## Empty\n\n### Two\n```\n# no heading\n```\n\nThree\n=====\nC\n";
    expect(read(text, "a.md").texts).toEqual(["A\nB", "```\n# no heading\n```", "C"]);
    expect(read("No heading\nhere", "a.markdown").texts).toEqual(["No heading\nhere"]);
  });

  it("are refused where there are none, and cut where there are more than anybody votes on", () => {
    expect(() => read(" \n\n", "a.txt")).toThrow("There is no prompt in this file.");
    expect(() => read("a,b\n1,2", "a.csv")).toThrow("Tables are not read as prompts.");
    const many = read("x\n".repeat(5_000_000), "a.txt");
    expect([many.texts.length, many.more]).toEqual([1000, true]);
  });
});

describe("what contestants are called", () => {
  const one: Contestant = {
    ...{ id: "1", name: "", model: "m", template: "{prompt}", chat: true, sampler: plainSampler, maxTokens: 64 },
  };
  const called = (...changes: Partial<Contestant>[]) =>
    contestantNames(
      changes.map((change, index) => ({ ...one, id: String(index), ...change })),
      (id) => id.toUpperCase(),
    );

  it("is their model, with what sets them apart, and never the same twice", () => {
    expect(called({}, { model: "n" })).toEqual(["M", "N"]);
    expect(called({}, {})).toEqual(["M", "M (2)"]);
    expect(called({}, { sampler: greedySampler })).toEqual(["M, temperature 1", "M, greedy"]);
    expect(called({}, { template: "Q: {prompt}", system: "Be brief." }, { model: "n" })).toEqual([
      "M, prompt 1, no system message",
      "M, prompt 2, with system message",
      "N",
    ]);
    expect(called({ name: "Mine" }, { name: "Mine" }, {})).toEqual(["Mine", "Mine (2)", "M"]);
  });
});
