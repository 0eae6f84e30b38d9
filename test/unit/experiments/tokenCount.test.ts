import { expect, it } from "vitest";
import { countedBy, tokenCount } from "../../../src/experiments/tokenCount";

it("counts an answer's pieces, unless they are no tokens and its engine counted", () => {
  const tokens = ["Twenty-", "five apples."];
  expect(tokenCount({ tokens })).toBe(2);
  expect(tokenCount({ tokens, ...countedBy({ tokens: 7 }, [null, null]) })).toBe(7);
  expect(countedBy({ tokens: 2 }, [null, null])).toEqual({});
  // With a probability each they are tokens, whatever else is counted: the one that ended the answer, say.
  expect(countedBy({ tokens: 1 }, [-0.5, -0.25])).toEqual({});
});
