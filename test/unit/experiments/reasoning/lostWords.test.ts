import { expect, test } from "vitest";
import { lostWords } from "../../../../src/experiments/reasoning/lostWords";

const nameOf = (arm: string) => (arm === "direct" ? "Answer at once" : "Step by step");

test("warns of a finding whose answers were cut off or not understood", () => {
  const direct = { arm: "direct", answers: 1080, truncated: 743, unparsed: 54 };
  const steps = { arm: "steps", answers: 1080, truncated: 100, unparsed: 7 };
  expect(lostWords([direct, steps], nameOf)).toBe(
    "Beware: of 1,080 answers “Answer at once” gave, 743 were cut off and 54 not understood. What was cut off counts by what it held, what was not understood as wrong: the finding may be one of the limit of tokens or the form of the answer.",
  );
  expect(lostWords([steps], nameOf)).toBeUndefined();
  expect(
    lostWords(
      [
        { ...steps, truncated: 101 },
        { ...direct, truncated: 0, unparsed: 200 },
      ],
      nameOf,
    ),
  ).toContain(
    "of 1,080 answers “Step by step” gave, 101 were cut off and 7 not understood; of 1,080 answers “Answer at once” gave, 200 not understood.",
  );
});

test("says nothing where nothing was asked", () => {
  expect(lostWords([{ arm: "direct", answers: 0, truncated: 0, unparsed: 0 }], nameOf)).toBeUndefined();
  expect(lostWords([], nameOf)).toBeUndefined();
});
