import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { difficulties, generateProblems } from "../../../../src/experiments/problems/generate";
import type { ItemKey, ProblemFamily } from "../../../../src/experiments/problems/problem";
import { type Split, splitOf } from "../../../../src/experiments/problems/splits";

const families = Object.keys(difficulties) as ProblemFamily[];

describe("splits", () => {
  /** Made by test/fixtures/problems/splits.py from the training's own code. */
  const golden = JSON.parse(readFileSync("test/fixtures/problems/splits.json", "utf8")) as {
    kind: string;
    key: ItemKey;
    held: number;
    split: Split;
  }[];

  it("are those of the specimen's training", () => {
    expect(golden.length).toBeGreaterThan(190);
    for (const { kind, key, held, split } of golden) expect(splitOf(kind, key, held), `${kind} ${key}`).toBe(split);
  });
});

describe.each(families)("%s", (family) => {
  const problems = generateProblems({ family, count: 40, seed: 3 });

  it("are different, and the same for the same seed", () => {
    expect(new Set(problems.map(({ question }) => question)).size).toBe(problems.length);
    expect(generateProblems({ family, count: 40, seed: 3 })).toEqual(problems);
    expect(generateProblems({ family, count: 40, seed: 4 })).not.toEqual(problems);
  });

  it("reach the number asked for", () => {
    // Few of the words are held out, so there are fewer questions about them.
    if (family === "letters in a word") expect(problems.length).toBeGreaterThan(10);
    else expect(problems.length).toBe(40);
  });

  it("have answers that their steps and expression give", () => {
    for (const { steps, answer, expression, question } of problems) {
      for (const step of steps) {
        const equation = /(\d[\d +*/-]*) = (\d+)\.$/.exec(step);
        if (equation) expect(calculate(equation[1]!), `${question} ${step}`).toBe(Number(equation[2]));
      }
      if (expression) expect(calculate(expression), question).toBe(Number(answer));
    }
  });

  it("have the difficulty asked for", () => {
    for (const wanted of difficulties[family]) {
      const made = generateProblems({ family, count: 5, seed: 1, steps: wanted });
      expect(made.length, `${wanted}`).toBe(5);
      if (family !== "long sums") for (const { steps } of made) expect(steps.length).toBe(wanted);
      else
        for (const { expression } of made)
          expect(expression).toMatch(new RegExp(`^\\d{${wanted}} \\+ \\d{${wanted}}$`));
    }
  });

  it("refuse a difficulty they do not have", () => {
    expect(() => generateProblems({ family, count: 1, seed: 1, steps: 7 })).toThrow(RangeError);
  });
});

it("answers what a person would", () => {
  for (const { question, answer } of generateProblems({
    family: "letters in a word",
    count: 30,
    seed: 2,
    heldOut: false,
  })) {
    const [, letter, word] = /(?:letter |many )(\w)(?:'s)? (?:appear in|are in) (\w+)\?/.exec(question) ?? [];
    expect(String(word!.split(letter!).length - 1), question).toBe(answer);
  }
  for (const { question, answer } of generateProblems({ family: "dots", count: 20, seed: 2 })) {
    expect(String([...question].filter((each) => each === "•").length)).toBe(answer);
  }
  for (const { question, answer } of generateProblems({ family: "decimal comparison", count: 60, seed: 2 })) {
    const [first, second] = question.match(/\d+\.\d+/g)!;
    const sections = question.includes("section");
    const less = sections ? first!.localeCompare(second!, "en", { numeric: true }) < 0 : Number(first) < Number(second);
    expect(answer, question).toBe(less === /first|smaller/.test(question) ? first : second);
  }
});

/** The tests' own calculator, on text of digits and signs alone. */
function calculate(expression: string): number {
  if (!/^[\d+*/() -]+$/.test(expression)) throw new Error(expression);
  return new Function(`return ${expression}`)() as number;
}
