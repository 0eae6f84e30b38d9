import { expect, it } from "vitest";
import type { Reading } from "../../../../src/experiments/hallucination/reading";
import { refusingRows } from "../../../../src/experiments/hallucination/refusing";

/** Only what the cost of refusing reads: right (r), refused (s), made up (w), or no answer. */
function readings(seen: number, outcomes: string): Reading[] {
  return [...outcomes].map((outcome, index) => ({
    cell: { item: `${seen} ${index}`, of: { text: "Who was Ann Lee?", group: seen > 0 ? "known" : "invented", seen } },
    greedy: outcome === "-" ? undefined : { right: outcome === "r", refused: outcome === "s" },
  })) as unknown as Reading[];
}

it("counts what is lost of the right answers and saved of the made-up ones, by what was seen", () => {
  const confident = [...readings(30, "rrrrww-"), ...readings(0, "wwww")];
  const refusing = [...readings(30, "rrsw" + "sw" + "r"), ...readings(0, "sssw")];
  const [known, unseen] = refusingRows(confident, refusing);
  expect(known).toMatchObject({
    group: "21+",
    names: 6,
    confidentRight: { successes: 4, trials: 6 },
    refusingRight: { successes: 2, trials: 6 },
    lost: { successes: 2, trials: 4 },
    saved: { successes: 1, trials: 2 },
  });
  expect(unseen).toMatchObject({
    group: "0",
    names: 4,
    lost: { trials: 0 },
    saved: { successes: 3, trials: 4 },
  });
});
