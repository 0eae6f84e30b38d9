import { describe, expect, it } from "vitest";
import { findingOf, notJudged, type SectionOutcome } from "../../../../webview/interrogation/finding";

const outcome = (known: number, madeUp: number, mixed = 0, silent = 0) => ({ known, madeUp, mixed, silent });
const section = (name: string, known: number, madeUp: number): SectionOutcome => ({ name, ...outcome(known, madeUp) });

describe("the finding of an interrogation", () => {
  it("is what is known of all that was judged, with Wilson's interval", () => {
    const { key, rest } = findingOf(outcome(12, 20, 8), [], "this document");
    // Wilson, 12 of 40: 0.1807 to 0.4543.
    expect(key).toBe("It knows 12 of 40 facts of this document, 30 % [18, 45].");
    expect(rest).toBe("20 made up each time, 8 mixed.");
  });

  it("gives counts alone under thirty questions, and one is an example", () => {
    expect(findingOf(outcome(3, 1), [], "this document").key).toBe(
      "It knows 3 of 4 facts of this document; too few for a percentage.",
    );
    expect(findingOf(outcome(0, 1), [], "this document").key).toBe(
      "It knows 0 of 1 fact of this document: an example, not a measurement.",
    );
  });

  it("names the parts that are known most and least only where they differ by more than chance", () => {
    const apart = [section("Life", 8, 0), section("The visit", 0, 8)];
    expect(findingOf(outcome(8, 8), apart, "this document").rest).toBe(
      "Most of “Life” (8 of 8), least of “The visit” (0 of 8). 8 made up each time.",
    );
    const alike = [section("Life", 2, 0), section("The visit", 1, 1)];
    expect(findingOf(outcome(3, 1), alike, "this document").rest).toBe("1 made up each time.");
  });

  it("says when a model admits that it does not know", () => {
    expect(findingOf(outcome(0, 0, 0, 3), [], "this document").rest).toBe("On 3 it says that it does not know.");
  });

  it("has nothing to say before a mark, and says what was not judged", () => {
    expect(findingOf(outcome(0, 0), [section("Life", 0, 0)], "this document").key).toBe("No answer is marked yet.");
    expect(notJudged({ unanswered: 0, failed: 0, dropped: 0 })).toBe("");
    expect(notJudged({ unanswered: 1, failed: 2, dropped: 3 })).toBe(
      "Not judged: 1 question without all answers, 2 that could not be asked, 3 dropped.",
    );
  });
});
