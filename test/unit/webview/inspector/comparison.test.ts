import { describe, expect, it } from "vitest";
import { comparable, comparisonFinding, placesWords } from "../../../../webview/inspector/comparison";
import type { Lane, Summary } from "../../../../webview/inspector/protocol";

const lane = (change: Partial<Lane>): Lane => ({
  ...{ asked: "o200k_base", tokenizer: "o200k_base", tokens: 100, complete: true, kind: "exact" },
  ...{ reason: null, contextWindow: null, error: null },
  ...change,
});
const own = lane({});
const other = lane({ asked: "cl100k_base", tokenizer: "cl100k_base", tokens: 120 });
/** Counted with the tokenizer of another one. */
const claude = lane({ asked: "claude", kind: "estimate" });

const summary = (...lanes: Lane[]): Summary => ({
  ...{ version: 1, source: "typed", document: null, selected: false, length: 400, filledTo: 100 },
  ...{ lanes, chat: null, problem: null },
});
const words = (...lanes: Lane[]): string => {
  const found = comparisonFinding(summary(...lanes));
  return `${found?.key}${found?.rest}`;
};
const found = { places: 0, shared: 90, borders: 100 };

describe("a comparison of tokenizers", () => {
  it("says which needs least, and what was asked for", () => {
    expect(words(other, own)).toBe("o200k_base needs least: 100 tokens; cl100k_base needs 20 more (+20 %)");
    expect(words(own, lane({ asked: "gpt-4o" }))).toBe("The same number with all of them: 100 tokens");
    expect(words(own)).toBe("100 tokens, o200k_base. Add a second tokenizer to compare.");
    expect(placesWords(summary(own, other), found, 0)).toBe("They cut the text in the same places.");
  });

  it("takes no estimate for a measurement", () => {
    expect(words(claude, other)).toBe("claude needs least: ≈ 100 tokens; cl100k_base needs ≈ 20 more (≈ +20 %)");
    expect(placesWords(summary(claude, other), { ...found, places: 2 }, 0)).toMatch(
      /^o200k_base and cl100k_base differ in 2 places/,
    );
    expect(words(own, claude)).toBe("Nothing to compare: claude is estimated with o200k_base.");
    expect(placesWords(summary(own, claude), found, 0)).toBe(
      "Where they cut differently is not known: claude is estimated with o200k_base.",
    );
    expect(comparable(own, claude)).toBe(false);
    // Its own count goes before an estimate by it.
    expect(words(claude, own, other)).toMatch(/^o200k_base needs least: 100 tokens; cl100k_base needs 20 more/);
  });

  it("compares nothing while it counts, and says what could not be loaded", () => {
    const filling = lane({ complete: false, tokens: 20 });
    expect(words(filling, other)).toBe("Counting… 25 % of the text so far");
    expect(words(lane({ tokens: null, complete: false }), filling)).toBe("Loading…");
    expect(placesWords(summary(filling, other), undefined, 0)).toBe("");
    expect(comparable(filling, other)).toBe(false);
    const failed = lane({ asked: "mine", tokens: null, complete: false, error: "gone" });
    expect(words(own, failed, other)).toBe("No comparison: mine could not be loaded.");
    expect(placesWords(summary(own, failed), undefined, 0)).toBe("");
  });

  it("says how far it is with the places", () => {
    expect(placesWords(summary(own, other), undefined, 100)).toBe("Looking for differences… 25 %");
    expect(placesWords(summary(own, other), { ...found, places: 1 }, 0)).toBe(
      "They differ in 1 place (underlined in orange); 90 % of the borders are shared by all.",
    );
  });
});
