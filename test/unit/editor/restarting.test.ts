import { expect, it } from "vitest";
import { restarting } from "../../../src/editor/claims/restarting";
import { EngineError } from "../../../src/inference/engine";

const crash = new EngineError("crashed", "its process crashed (SIGKILL).");

/** Work of so many steps; each number in `ends` is a step before which a model ends, once for each time it stands there. */
function work(steps: number, ends: readonly number[], error: Error = crash) {
  const left = [...ends];
  const done: number[] = [];
  const restarts: Error[] = [];
  const run = restarting({
    goOn: async () => {
      while (done.length < steps) {
        const at = left.indexOf(done.length);
        if (at >= 0) {
          left.splice(at, 1);
          throw error;
        }
        done.push(done.length);
      }
    },
    progress: () => done.length,
    restarted: (cause) => restarts.push(cause),
  });
  return { run, done, restarts };
}

it("goes on with what is left each time a model ends further on", async () => {
  const { run, done, restarts } = work(6, [0, 2, 5]);
  await run;
  expect(done).toEqual([0, 1, 2, 3, 4, 5]);
  expect(restarts).toEqual([crash, crash, crash]);
});

it("gives up where two models end at the same place, with what came before it", async () => {
  const { run, done, restarts } = work(6, [3, 3]);
  await expect(run).rejects.toBe(crash);
  expect(done).toEqual([0, 1, 2]);
  expect(restarts.length).toBe(1);
});

it("restarts nothing that ended for another reason", async () => {
  const memory = new EngineError("outOfMemory", "There is not enough memory.");
  const { run, restarts } = work(2, [1], memory);
  await expect(run).rejects.toBe(memory);
  expect(restarts).toEqual([]);
});
