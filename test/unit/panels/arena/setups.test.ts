import { describe, expect, it } from "vitest";
import { SetupState } from "../../../../src/panels/arena/setupState";
import { firstSetup, setupOf, specOf, withContestant, withOneMore } from "../../../../src/panels/arena/setups";

const setup = firstSetup("a", "b");
const found = (count: number) => ({
  list: Array.from({ length: count }, (_, index) => ({ id: String(index + 1), text: `Prompt ${index + 1}` })),
  source: { kind: "typed" } as const,
  problem: null,
});
const named = (count: number) => Array.from({ length: count }, (_, index) => `N${index + 1}`);

describe("the setup of a comparison", () => {
  it("gives a spec whose sides are drawn anew each time, and back", () => {
    const specs = Array.from({ length: 8 }, () => specOf(setup, found(2), named(2)));
    expect(new Set(specs.map(({ sides }) => sides)).size).toBeGreaterThan(6);
    expect(new Set(specs.map(({ seed }) => seed))).toEqual(new Set([1]));
    const back = setupOf(specs[0]!);
    expect(back).toEqual({
      ...setup,
      contestants: setup.contestants.map((each, index) => ({ ...each, name: `N${index + 1}` })),
      prompts: { kind: "run" },
    });
  });

  it("refuses what nobody looks at, and says how much it would be", () => {
    let eight = setup;
    while (eight.contestants.length < 8) eight = withOneMore(eight, "c");
    expect(new Set(eight.contestants.map(({ id }) => id)).size).toBe(8);
    expect(() => specOf(eight, found(1000), named(8))).toThrow("8,000 answers; 5,000 is the most");
    expect(() => specOf(eight, found(100), named(8))).toThrow("2,800 pairs to vote on; 2,000 is the most");
    expect(specOf({ ...eight, names: "always" }, found(100), named(8)).prompts.length).toBe(100);
    expect(() => specOf(setup, found(0), named(2))).toThrow("Write a prompt");
  });

  it("needs the place of the prompt in what is sent", () => {
    const [first] = setup.contestants;
    expect(() => withContestant(setup, { ...first!, template: "no place" })).toThrow("needs {prompt}");
    expect(() => withContestant(setup, { ...first!, maxTokens: 9000 })).toThrow("at most 8,192 tokens");
    expect(withContestant(setup, { ...first!, template: "Q: {prompt}" }).contestants[0]!.template).toBe("Q: {prompt}");
  });

  it("takes changes back one by one", () => {
    const changes: string[] = [];
    const state = new SetupState(
      setup,
      (id) => `Model ${id}`,
      () => undefined,
      () => changes.push("changed"),
      () => undefined,
    );
    state.addContestant("a");
    expect(state.called).toEqual(["Model a", "Model b", "Model a (2)"]);
    state.removeContestant("2");
    state.change({ names: "atEnd" });
    expect(state.setup.names).toBe("atEnd");
    expect(() => state.removeContestant("1")).toThrow("needs two contestants");
    state.undo();
    state.undo();
    expect(state.setup.contestants.length).toBe(3);
    state.undo();
    expect(state.setup).toEqual(setup);
    expect(state.canUndo).toBe(false);
    expect(changes.length).toBe(6);
  });
});
