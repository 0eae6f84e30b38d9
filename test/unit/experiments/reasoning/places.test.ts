import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PlacedQuestion } from "../../../../src/experiments/reasoning/places/placed";
import {
  answerOfSelection,
  offeredQuestions,
  questionAround,
} from "../../../../src/experiments/reasoning/places/places";

function finished<T>(work: Generator<void, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

const offered = (text: string, fileName: string, language?: string): PlacedQuestion[] =>
  finished(offeredQuestions(text, fileName, language));
const around = (text: string, fileName: string, needle: string, language?: string): PlacedQuestion | undefined =>
  finished(questionAround(text, { fileName, offset: text.indexOf(needle), ...(language && { language }) }));
const shown = (text: string, { start, end }: PlacedQuestion): string => text.slice(start, end);

describe("questions in problem files", () => {
  it("stand on their lines, those without an answer or half written left out", () => {
    const text =
      '{"question": "1 + 1?", "answer": 2}\n\n{"question": "open?"}\n{"question": "half\r\n{"problem": "é?", "target": "x"}';
    const found = offered(text, "a.jsonl");
    expect(found.map(({ question, line }) => [question.text, question.answer, line])).toEqual([
      ["1 + 1?", "2", 0],
      ["é?", "x", 4],
    ]);
    expect(shown(text, found[1]!)).toBe('{"problem": "é?", "target": "x"}');
  });

  it("of a table may span lines", () => {
    const text = 'id,question,answer\r\n1,"Two\r\nlines?",4\r\n\r\n2,"One, say?",5\r\n3,none,\r\n';
    const found = offered(text, "a.csv");
    expect(found.map(({ question, line }) => [question.id, question.answer, line])).toEqual([
      ["1", "4", 1],
      ["2", "5", 4],
    ]);
    expect(shown(text, found[0]!)).toBe('1,"Two\r\nlines?",4');
    expect(shown(text, found[1]!)).toBe('2,"One, say?",5');
  });

  it("are found in the sample workspace's files", () => {
    const fruit = readFileSync("media/sample-workspace/data/fruit-6-steps.jsonl", "utf8");
    expect(offered(fruit, "fruit-6-steps.jsonl")).toHaveLength(fruit.trim().split("\n").length);
    const problems = readFileSync("media/sample-workspace/prompts/word-problems.md", "utf8");
    const nets = offered(problems, "word-problems.md", "markdown").find(({ question }) => question.answer === "55")!;
    expect(nets.question.text).toBe(
      "A market stall packs persimmons in nets of 12. Orson Kovacs buys 7 nets and gives away 29 persimmons. How many are left?",
    );
    expect(problems.split("\n")[nets.line]).toMatch(/^A market stall/);
    expect(shown(problems, nets)).toMatch(/\?$/);
  });
});

describe("sections", () => {
  const text = [
    "Before all. Is this one?",
    "# Title",
    "## Ends in a question",
    "Some words first.",
    "",
    "How many **are",
    "there?**",
    "## Worked",
    "What is 2 + 3?",
    "",
    "1. 2 + 3 = 5.",
    "",
    "**Answer:** 5",
    "## Asks and goes on",
    "What is it? It is a fence.",
    "",
    "Why? Because.",
    "",
    "## No question",
    "Only words.",
    "",
    "Underlined",
    "==========",
    "Which one?",
  ].join("\n");

  it("that end in a question, or have its answer below, are offered", () => {
    const found = offered(text, "a.md");
    expect(found.map(({ question, line }) => [question.text, question.answer, line])).toEqual([
      ["How many **are there?**", undefined, 5],
      ["What is 2 + 3?", "5", 8],
      ["Which one?", undefined, 23],
    ]);
  });

  it("around a cursor give their question, or all they say", () => {
    expect(around(text, "a.md", "2 + 3 = 5")?.question).toMatchObject({ text: "What is 2 + 3?", answer: "5" });
    expect(around(text, "a.md", "Only words")?.question.text).toBe("Only words.");
    expect(around(text, "a.md", "Before all")?.question.text).toBe("Before all. Is this one?");
    expect(around(text, "a.md", "# Title")).toBeUndefined();
    expect(around(text, "untitled:1", "Which one?", "markdown")?.question.text).toBe("Which one?");
  });

  it("of other files are paragraphs, of problem files rows", () => {
    expect(around("one\ntwo\n\nthree", "a.txt", "two")?.question.text).toBe("one two");
    expect(finished(questionAround("one\n\ntwo", { fileName: "a.txt", offset: 4 }))).toBeUndefined();
    expect(around('{"question": "open?"}\n', "a.jsonl", "open")?.question.text).toBe("open?");
  });

  it("take linear time for what is long", () => {
    const long = `# a\n${" ".repeat(400_000)}\n${"x ".repeat(200_000)}?\n${"*".repeat(200_000)}answer\n`;
    const start = performance.now();
    offered(long, "a.md");
    around(long, "a.md", "x x");
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("the answer to a selection", () => {
  const text = readFileSync("media/sample-workspace/prompts/word-problems.md", "utf8");
  const answerTo = (from: string, to: string, source = text, fileName = "word-problems.md") =>
    finished(answerOfSelection(source, { fileName, start: source.indexOf(from), end: source.indexOf(to) + to.length }));

  it("is the section's, for its question or a part of it", () => {
    expect(answerTo("A market stall", "How many are left?")).toBe("55");
    expect(answerTo("Orson Kovacs", "How many are left?")).toBe("55");
    expect(answerTo("### Nets", "How many are left?\n")).toBe("55");
  });

  it("is unknown where the selection holds it, holds several questions or none", () => {
    expect(answerTo("A market stall", "Answer: 55")).toBeUndefined();
    expect(answerTo("A market stall", "What does each apple cost?")).toBeUndefined();
    expect(answerTo("You help pupils", "the work is done.".slice(0, 3))).toBeUndefined();
  });

  it("is the row's", () => {
    const rows = '{"question": "1 + 1?", "answer": 2}\n{"question": "2 + 2?", "answer": 4}\n';
    expect(answerTo("2 + 2?", "2 + 2?", rows, "a.jsonl")).toBe("4");
    expect(answerTo("1 + 1?", "2 + 2?", rows, "a.jsonl")).toBeUndefined();
  });
});
