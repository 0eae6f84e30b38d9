import { describe, expect, it } from "vitest";
import { generatedQuestions } from "../../../../src/experiments/reasoning/generated";
import { SetupState } from "../../../../src/panels/reasoning/setupState";
import { firstSetup, setupOf, specOf } from "../../../../src/panels/reasoning/setups";

const set = { family: "running calculation", count: 5, steps: 2, seed: 3 } as const;
const questions = { list: generatedQuestions([set]), source: undefined, problem: null };
const setup = { ...firstSetup("m"), examples: { family: "running calculation", count: 2 } } as const;
const documentOf = (spec: ReturnType<typeof specOf>, id: string) => spec.arms.find((arm) => arm.id === id)!.document;

describe("worked examples of a setup", () => {
  const spec = specOf(setup, questions);

  it("stand before the documents of its arms, in each arm's own way, and none of them is asked", () => {
    const [direct, steps] = [documentOf(spec, "direct"), documentOf(spec, "steps")];
    expect(direct.match(/Question: /g)).toHaveLength(3);
    expect(direct).toMatch(/\nAnswer: \d+\n\n/);
    expect(steps).toMatch(/Let's think step by step\. .* = \d+\. Answer: \d+\n\n/);
    expect(steps.endsWith("Question: {question}\nLet's think step by step.")).toBe(true);
    for (const { text } of questions.list) expect(direct).not.toContain(text);
  });

  it("are part of the arms of a run's own setup, and not put there twice", () => {
    const own = setupOf(spec, setup);
    expect(own.examples).toBeNull();
    expect(specOf(own, questions).arms).toEqual(spec.arms);
  });

  it("are shown with an arm, and one spec serves all who ask", () => {
    const state = new SetupState(
      setup,
      () => undefined,
      () => undefined,
      () => undefined,
    );
    state.questions = questions;
    expect(state.armAsked("steps")!.document).toBe(documentOf(spec, "steps"));
    expect(state.spec).toBe(state.spec);
    state.change({ seed: 8 });
    expect(state.spec!.seed).toBe(8);
  });
});
