import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultArms, fill } from "../../../../src/experiments/reasoning/arms";
import { calculate } from "../../../../src/experiments/reasoning/calculate";
import { asked } from "../../../../src/experiments/reasoning/question";
import { QuestionFileError, readQuestions } from "../../../../src/experiments/reasoning/readQuestions";
import { stepsOf, takeApart } from "../../../../src/experiments/reasoning/transcript";

describe("calculations", () => {
  it.each([
    ["(25 - 2 * 2) / 3", 7],
    ["a = 3 * 4\nb = a + 2\nb", 14],
    ["apples = 3\nprint(apples * 1,200)", 3600],
    ["```python\n# two steps\nx = 2 ** 5\nx - 1\n```", 31],
    ["3 * 5 = 15", 15],
    ["3 * 5 =", 15],
    ["$13 − 4", 9],
    ["12 ÷ 4 × 3", 9],
    ["max(3, 8) mod 5", 3],
  ])("%j is %d", (text, value) => expect(calculate(text)).toEqual({ value }));

  it.each([
    ["So the total cost is 4 * $12 = $44.", 48, "4 * $12"],
    ["12 * 7 = 84. 84 / 2 = 41\n\nThe answer is 41.", 42, "84 / 2"],
    ["Gina has 6 x 4 = 24 flowers (not 6 + 4).", 10, "6 + 4)"],
    ["It is (3 + 4) * 1,000 in all", 7000, "(3 + 4) * 1,000"],
    ["They have (5 * 4 apples) left.", 20, "(5 * 4"],
  ])("in words, of %j the last one is taken", (text, value, words) => {
    const found = calculate(text);
    expect(found).toMatchObject({ value });
    if (!("value" in found) || !found.place) throw new Error("it has no place");
    expect(text.slice(found.place.start, found.place.end)).toBe(words);
  });

  it.each([
    "",
    "print('hello')",
    "import os",
    "f(x) = f(x)\nf(1)",
    "a.constructor",
    '"x".constructor("return process")()',
    "cos(1)",
    "1:1000000000",
    "[1, 2, 3]",
    "while True: pass",
    "1 / 0",
    "x + 1",
    `${"1 + ".repeat(400)}1`,
    "(".repeat(1500),
    "9".repeat(3000),
    "1; process.exit()",
  ])("refuses %j", (text) => {
    const found = calculate(text);
    expect("problem" in found && found.problem.length > 5, JSON.stringify(found)).toBe(true);
  });

  it("takes no time for what is nested deeply", () => {
    const start = performance.now();
    calculate(`${"2^".repeat(200)}2`);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("transcripts", () => {
  const parts = (text: string, found: { start: number; end: number }[]) =>
    found.map(({ start, end }) => text.slice(start, end));

  it("have sentences for steps", () => {
    const text = "2 oranges cost 2 * 2 = 4. 13.50 - 4 = 9.50. So it is 9. Answer: 3";
    expect(parts(text, stepsOf(text))).toEqual(["2 oranges cost 2 * 2 = 4.", "13.50 - 4 = 9.50.", "So it is 9."]);
  });

  it("have lines for steps where there are several", () => {
    const text = "1. Add them. Then stop.\n2. Halve it.\n\nThe answer is 4.\n#### 4";
    expect(parts(text, stepsOf(text))).toEqual(["1. Add them. Then stop.", "2. Halve it.", "The answer is 4."]);
  });

  it("have no steps when the answer comes at once", () => {
    expect(stepsOf("Answer: 3")).toEqual([]);
    expect(stepsOf("The answer is 3.")).toEqual([]);
    const numbered = "1. 2 + 2 = 4.\n2. So the answer is 4.";
    expect(parts(numbered, stepsOf(numbered))).toEqual(["1. 2 + 2 = 4."]);
    expect(stepsOf("")).toEqual([]);
  });

  it("keep thoughts apart from what is said", () => {
    const text = "<think>Hmm. 3.</think>Answer: 3";
    const { thoughts, said } = takeApart(text);
    expect(text.slice(thoughts!.start, thoughts!.end)).toBe("Hmm. 3.");
    expect(text.slice(said.start, said.end)).toBe("Answer: 3");
    expect(parts(text, stepsOf(text, thoughts))).toEqual(["Hmm.", "3."]);
  });

  it("say nothing where thoughts never end, and begin with thoughts where only their end is seen", () => {
    const endless = takeApart("<think>and on and on");
    expect(endless.said.start).toBe(endless.said.end);
    expect(takeApart("on and on</think>4").thoughts).toEqual({ start: 0, end: 9 });
    expect(takeApart("4").thoughts).toBeUndefined();
  });
});

describe("questions", () => {
  it("of GSM8K are read as they are", () => {
    const line = JSON.stringify({ question: "How many?", answer: "3*2=<<3*2=6>>6\n6+1=7\n#### 7" });
    expect(readQuestions(`${line}\n`, "test.jsonl")).toEqual([{ id: "1", text: "How many?", answer: "7", steps: 2 }]);
  });

  it("of the sample workspace are read", () => {
    const file = "media/sample-workspace/data/fruit-6-steps.jsonl";
    const questions = readQuestions(readFileSync(file, "utf8"), file);
    expect(questions.length).toBeGreaterThan(2);
    for (const { steps, answer } of questions) expect([steps, answer]).toEqual([6, expect.stringMatching(/^\d+$/)]);
  });

  it("of a table are read, with quotes, commas and choices", () => {
    const table = 'id,Question,choices,answer\r\nq1,"Which, then?",red | green,green\r\n\r\nq2,"Say ""one""",,one\r\n';
    expect(readQuestions(table, "a.csv")).toEqual([
      { id: "q1", text: "Which, then?", choices: ["red", "green"], answer: "B" },
      { id: "q2", text: 'Say "one"', answer: "one" },
    ]);
  });

  it("with choices take a text, a letter or an index for the answer, and nothing else", () => {
    const read = (answer: unknown, choices: unknown = ["Paris ", "Rome", "8"]) =>
      readQuestions(JSON.stringify({ question: "Which?", choices, answer }), "a.jsonl")[0]?.answer;
    for (const answer of ["Rome", " Rome ", "B", "(b)", "b.", "1", 1]) expect(read(answer)).toBe("B");
    expect(read("Paris")).toBe("A");
    expect([read("8"), read(8)]).toEqual(["C", "C"]);
    // As MMLU has it, where the choices are numbers themselves.
    expect(read(1, ["1", "2", "3", "4"])).toBe("B");
    expect(() => read("Madrid")).toThrow(/Line 1: the answer “Madrid” is none of its choices.*letter \(A–C\)/);
    expect(() => read("D")).toThrow(/none of its choices/);
  });

  it("of a long table are read a part at a time, rows over several lines included", () => {
    const row = (n: number): string => `"Say ""${n}"",\r\nthen go on.",${n}\r\n`;
    const table = `question,answer\r\n${Array.from({ length: 5000 }, (_, n) => row(n)).join("")}`;
    const questions = readQuestions(table, "a.csv");
    expect(questions).toHaveLength(5000);
    for (const [n, { text, answer }] of questions.entries())
      expect([text, answer]).toEqual([`Say "${n}",\r\nthen go on.`, String(n)]);
    expect(() => readQuestions(`${table}"open\n`, "a.csv")).toThrow(/Row 5002: .*quote/i);
    expect(() => readQuestions(`${table},5\n`, "a.csv")).toThrow(/Line 5002 has no question/);
  });

  it("of a list in JSON are read where it is short, and wanted as JSON Lines where it is long", () => {
    const list = (length: number): string => JSON.stringify(Array.from({ length }, () => ({ question: "How many?" })));
    expect(readQuestions(list(3), "a.json").map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(() => readQuestions(list(50_000), "a.json")).toThrow(/1,000,000 characters. Save it as JSON Lines/);
    expect(() => readQuestions(`[1]`, "a.json")).toThrow(/not a JSON object/);
  });

  it("with choices show them lettered", () => {
    expect(asked({ id: "1", text: "Which?", choices: ["red", "green"] })).toBe("Which?\nA) red\nB) green");
  });

  it.each([
    ["{}\n", "a.jsonl", 1, /no question/],
    ['{"question": "a"}\n{"question": \n', "a.jsonl", 2, /Line 2 is not valid JSON/],
    ['{"question": "a"}\n3\n', "a.jsonl", 2, /not a JSON object/],
    ["", "a.jsonl", 1, /no question in this file/],
    ["a,b\n1,2\n", "a.csv", 2, /there are: a, b/],
    ['question\n"open\n', "a.csv", 2, /quote/i],
  ])("names what is wrong in %j", (text, name, line, message) => {
    const read = () => readQuestions(text, name);
    expect(read).toThrow(QuestionFileError);
    expect(read).toThrow(message);
    expect(read).toThrow(expect.objectContaining({ line }));
  });

  it("get ids of their own where the file's are not distinct", () => {
    const line = '{"id": 7, "question": "a"}\n';
    expect(readQuestions(line + line, "a.jsonl").map(({ id }) => id)).toEqual(["1", "2"]);
  });
});

describe("arms", () => {
  it("put the question where it belongs, whatever is in it", () => {
    expect(fill("{question} Go. {question}", "$& {question}?")).toBe("$& {question}? Go. $& {question}?");
    for (const { chat, document } of defaultArms) {
      expect(chat).toContain("{question}");
      expect(document).toContain("{question}");
    }
  });
});
