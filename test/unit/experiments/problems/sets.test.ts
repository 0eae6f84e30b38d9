import { describe, expect, it } from "vitest";
import { difficulties } from "../../../../src/experiments/problems/generate";
import { families } from "../../../../src/experiments/problems/problem";
import { spreadSets } from "../../../../src/experiments/problems/sets";
import { generatedQuestions } from "../../../../src/experiments/reasoning/generated";

describe("a count shared out over families and difficulties", () => {
  it("comes to the count, evenly, in difficulties that the families have", () => {
    const sets = spreadSets({ families, count: 100, steps: { from: 2, to: 4 }, seed: 3 });
    expect(sets.reduce((sum, { count }) => sum + count, 0)).toBe(100);
    for (const family of families) {
      const own = sets.filter((set) => set.family === family);
      const all = own.reduce((sum, { count }) => sum + count, 0);
      expect([12, 13]).toContain(all);
      const wanted = difficulties[family].filter((steps) => steps >= 2 && steps <= 4);
      expect(own.map(({ steps }) => steps)).toEqual(wanted.length > 0 ? wanted : [undefined]);
    }
  });

  it("leaves out families without such a difficulty", () => {
    const sets = spreadSets({
      families: ["fruit prices", "running calculation"],
      count: 5,
      steps: { from: 5, to: 6 },
      seed: 1,
    });
    expect(sets.map(({ family, steps, count }) => [family, steps, count])).toEqual([
      ["running calculation", 5, 3],
      ["running calculation", 6, 2],
    ]);
  });

  it("gives the same questions each time, each once, with ids of their own", () => {
    const sets = spreadSets({
      families: ["bags and gifts", "long sums"],
      count: 20,
      steps: { from: 1, to: 6 },
      seed: 7,
    });
    const questions = generatedQuestions([...sets, ...sets]);
    expect(questions).toEqual(generatedQuestions([...sets, ...sets]));
    expect(new Set(questions.map(({ text }) => text)).size).toBe(questions.length);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    expect(questions).toHaveLength(20);
  });
});
