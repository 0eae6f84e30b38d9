import { describe, expect, it } from "vitest";
import { defaultArms } from "../../../../src/experiments/reasoning/arms";
import { inSentence, pointsInterval, pValue } from "../../../../src/experiments/reasoning/words";
import type { Figures, FindingView } from "../../../../webview/reasoning/figures";
import { sentenceOf, soFar } from "../../../../webview/reasoning/finding";
import { duration, percentCell, shortened, stayingWords } from "../../../../webview/runs/words";
import { dayAndTime } from "../../../../webview/ui/format";

const nameOf = (id: string) => defaultArms.find((arm) => arm.id === id)!.name;

function figuresOf(questions: number, [direct, steps]: readonly [number, number], kind: FindingView["kind"]): Figures {
  const arm = (id: string, right: number, tokens: number): Figures["arms"][number] => ({
    model: "m",
    arm: id,
    accuracy: { successes: right, trials: questions, rate: right / questions, low: 0.1, high: 0.9 },
    questions,
    answers: questions,
    tokens: tokens * questions,
    rightPerThousandTokens: null,
    thoughtTokens: 0,
    truncated: 0,
    unparsed: 0,
    refused: 0,
    failed: 0,
    bySteps: [],
    votes: [],
  });
  const comparison = {
    first: { model: "m", arm: "direct" },
    second: { model: "m", arm: "steps" },
    shared: { first: direct / questions, second: steps / questions },
    difference: { mean: (steps - direct) / questions, low: 0.54, high: 0.68, pairs: questions },
    counts: { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 },
    p: 0.0001,
    needed: null,
  };
  return {
    arms: [arm("direct", direct, 10), arm("steps", steps, 62)],
    comparisons: [comparison],
    findings: [{ model: "m", kind, comparison: ["helps", "hurts", "noDifference"].includes(kind) ? comparison : null }],
    known: [],
    faithfulness: null,
    provisional: false,
  };
}

describe("the panel's words", () => {
  it("state the finding as the experiment does, of figures that came as JSON", () => {
    const figures = figuresOf(200, [62, 184], "helps");
    const { key, rest } = sentenceOf(figures.findings[0]!, figures, { arms: [...defaultArms], samples: 1 });
    expect(`${key} ${rest}`).toBe(
      "Thinking helps here: 92 % against 31 % of 200 questions, +61 points [54, 68], exact McNemar p < 0.001; costs 6.2× the tokens.",
    );
  });

  it("say that nothing leaves the computer only where that is so of every model", () => {
    const [here, there] = [{ kind: "gguf" }, { kind: "served" }] as const;
    expect(stayingWords([here, null, { kind: "builtIn" }])).toBe(", nothing leaves this computer");
    expect(stayingWords([here, there])).toBe("");
    expect(stayingWords([here, { kind: "editor" }])).toBe("");
  });

  it("call one question an example", () => {
    const figures = figuresOf(1, [0, 1], "example");
    const { key, rest } = sentenceOf(figures.findings[0]!, figures, { arms: [...defaultArms], samples: 1 });
    expect(key).toBe("One question, one answer each:");
    expect(rest).toBe("step by step is right, answer at once is wrong. This is an example, not a measurement.");
    const both = figuresOf(1, [0, 0], "example");
    expect(sentenceOf(both.findings[0]!, both, { arms: [...defaultArms], samples: 1 }).rest).toMatch(
      /^both arms are wrong\./,
    );
  });

  it("quote an arm whose name has a comma, where arms are listed", () => {
    expect(["Answer, then explain", "My GPT prompt"].map(inSentence)).toEqual([
      "“answer, then explain”",
      "my GPT prompt",
    ]);
  });

  it("count while there are few questions, and say what is known so far", () => {
    const few = soFar(figuresOf(12, [1, 9], "tooFew").arms, nameOf);
    expect(few?.key).toBe("So far, 12 questions:");
    expect(few?.rest).toBe("answer at once 1 of 12 and step by step 9 of 12. The finding is stated when the run ends.");
    expect(soFar(figuresOf(40, [4, 36], "helps").arms, nameOf)?.rest).toContain("step by step 90 % [10, 90]");
    expect(soFar([], nameOf)).toBeUndefined();
  });

  it("write numbers as the mockups do", () => {
    expect([0.92, 1, 0, 0.0042].map(percentCell)).toEqual(["92", "100", "0", "0.42"]);
    expect(pointsInterval({ low: 0.54, high: 0.68 })).toBe("[54, 68]");
    expect(pointsInterval({ low: -0.04, high: 0.1 })).toBe("[−4, +10]");
    expect([0.00001, 0.006, 0.49].map(pValue)).toEqual(["< 0.001", "0.006", "0.49"]);
    expect([0.2, 50, 130, 4800].map(duration)).toEqual(["under 1 s", "50 s", "2 min", "80 min"]);
    expect(duration(6000)).toBe("1 h 40 min");
    expect(shortened("one\n two  three", 9)).toBe("one two…");
  });
});

it("writes days and times as Intl does, without its formatters", () => {
  for (const iso of ["2026-11-21T20:05:09.000Z", "2024-02-29T00:00:00.000Z", "2026-07-01T12:34:56.789Z"]) {
    const style = { dateStyle: "medium", timeStyle: "short" } as const;
    // Newer ICU data says "Sept".
    expect(dayAndTime(iso)).toBe(new Date(iso).toLocaleString("en-GB", style).replace("Sept", "Sep"));
  }
});
