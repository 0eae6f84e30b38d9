import { expect, it } from "vitest";
import { type Engine, EngineError } from "../../../../src/inference/engine";
import { engineOf, failingModel, workOf } from "../../../../src/panels/runs/failingModel";
import { problemOf } from "../../../../src/panels/runs/problems";

const gone = () => new EngineError("network", "The server does not answer.");

it("knows which of several models failed: while it was opened, when it was asked, and in the midst of its samples", async () => {
  const failing = engineOf("b", {
    render: () => Promise.reject(gone()),
    // biome-ignore lint/correctness/useYield: it fails before its first
    async *sample() {
      throw gone();
    },
  } as unknown as Engine);
  const sampled = async () => {
    for await (const _ of failing.sample({} as never)) break;
  };
  for (const work of [workOf("b", Promise.reject(gone())), failing.render({} as never), sampled()]) {
    const error = await work.catch((reason: unknown) => reason);
    expect(problemOf(error).model).toBe("b");
    // Said again with what is kept of the run.
    expect(failingModel(new EngineError("network", "Said again.", undefined, { cause: error }))).toBe("b");
  }
  expect(failingModel(gone())).toBeUndefined();
  expect(await workOf("a", Promise.resolve(1))).toBe(1);
});
