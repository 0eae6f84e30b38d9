import { describe, expect, it } from "vitest";
import { findingOf, notJudged } from "../../../../src/experiments/interrogation/findingWords";
import type { Figures } from "../../../../webview/interrogation/figures";

function figures(keep: number, refuse: number, leaveOut: number, more: Partial<Figures> = {}, open = 0): Figures {
  const questions = keep + refuse + leaveOut;
  const right = { successes: 0, trials: 0, rate: null, low: 0, high: 1 };
  const whole = { file: "", section: "", questions, answered: questions - open, right, keep, refuse, leaveOut };
  return {
    whole,
    sections: [],
    knows: [],
    doesNotKnow: [],
    reviewed: 0,
    dropped: 0,
    all: questions,
    byRule: 0,
    writingProblem: null,
    few: questions < 30,
    provisional: false,
    ...more,
  };
}

describe("the finding of an interrogation", () => {
  it("is what is known of all that was judged, with Wilson's interval", () => {
    const { key, rest } = findingOf(figures(12, 20, 8), 1);
    // Wilson, 12 of 40: 0.1807 to 0.4543.
    expect(key).toBe("It knows 12 of 40 facts of this document, 30 % [18, 45]:");
    expect(rest).toBe("20 made up every time, 8 mixed or silent.");
  });

  it("gives counts alone under thirty questions, and one is an example", () => {
    expect(findingOf(figures(3, 1, 0), 3).key).toBe(
      "It knows 3 of 4 facts of these 3 files; too few for a percentage:",
    );
    expect(findingOf(figures(0, 1, 0), 1).key).toBe(
      "It knows 0 of 1 fact of this document: an example, not a measurement:",
    );
  });

  it("names the sections it knows and those it does not", () => {
    const sections = { knows: ["Life"], doesNotKnow: ["The visit", "", "Later", "Letters"] };
    expect(findingOf(figures(8, 8, 0, sections), 1).rest).toBe(
      "8 made up every time. Known: “Life”; not known: “The visit”, what stands before the first heading, “Later” and 1 more section.",
    );
    expect(findingOf(figures(0, 8, 0, { doesNotKnow: ["The visit"] }), 1).rest).toBe(
      "8 made up every time. Not known: “The visit”.",
    );
  });

  it("is provisional while answers come, and nothing before the first", () => {
    expect(findingOf(figures(3, 1, 2, { provisional: true }, 2), 1).key).toMatch(/^So far it knows 3 of 4 facts/);
    expect(findingOf(figures(0, 0, 3, {}, 3), 1).key).toBe("No question is answered yet.");
  });

  it("says what was not judged", () => {
    expect(notJudged(figures(3, 1, 0))).toBe("");
    expect(notJudged(figures(3, 1, 2, { dropped: 1 }, 2))).toBe(
      "Not judged: 2 questions without all their answers, 1 question dropped.",
    );
  });
});
