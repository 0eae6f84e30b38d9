import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rightByVote, type Vote } from "../../../../src/experiments/reasoning/cells";
import { chanceOfRightVote, votingPattern } from "../../../../src/experiments/reasoning/voting";

const said = fc.constantFrom("7", "8", "9", undefined);
const answers = fc
  .array(said, { minLength: 1, maxLength: 6 })
  .map((list) => list.map((each): Vote => ({ said: each, right: each === "7" })));

/** All ordered draws of `votes` answers. */
function draws(list: readonly Vote[], votes: number): Vote[][] {
  if (votes === 0) return [[]];
  return list.flatMap((first, index) =>
    draws(
      list.filter((_, place) => place !== index),
      votes - 1,
    ).map((rest) => [first, ...rest]),
  );
}

describe("the majority vote", () => {
  it("is right as often as among all draws in all orders", () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 1, max: 6 }), (list, votes) => {
        fc.pre(votes <= list.length);
        const all = draws(list, votes);
        const share = all.filter(rightByVote).length / all.length;
        expect(chanceOfRightVote(list, votes)).toBeCloseTo(share, 10);
      }),
      { numRuns: 200 },
    );
  });

  it("depends on how often what was said, and on nothing else", () => {
    const list = (...each: (string | undefined)[]) => each.map((one) => ({ said: one, right: one === "7" }));
    expect(votingPattern(list("7", "8", undefined, "7"))).toBe(votingPattern(list("9", "7", "7", undefined)));
    expect(votingPattern(list("7", "8"))).not.toBe(votingPattern(list("8", "8")));
  });

  it("of one answer is that answer, and of all that all agree on a certainty", () => {
    const right = { said: "7", right: true };
    const wrong = { said: "8", right: false };
    expect(chanceOfRightVote([right, wrong, wrong], 1)).toBeCloseTo(1 / 3, 12);
    expect(chanceOfRightVote(Array(40).fill(right), 17)).toBe(1);
    expect(chanceOfRightVote([right, right, right, wrong, wrong], 5)).toBe(1);
    expect(chanceOfRightVote([right, wrong], 2)).toBe(0.5);
  });
});
