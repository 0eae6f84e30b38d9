import { afterEach, expect, it } from "vitest";
import { EngineError } from "../../../../src/inference/engine";
import type { ProcessEngine } from "../../../../src/inference/llama/process/processEngine";
import { collect, goneWithin, isRunning, longSamples, openSpecimen } from "./specimen";

const open: ProcessEngine[] = [];
const use = async (...parameters: Parameters<typeof openSpecimen>): Promise<ProcessEngine> => {
  const engine = await openSpecimen(...parameters);
  open.push(engine);
  return engine;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
});

const pidOf = (engine: ProcessEngine): number => engine.pid ?? expect.fail("no process");

for (const signal of ["SIGKILL", "SIGABRT", "SIGSEGV"] as const) {
  it(`keeps what had arrived when the process ends by ${signal} in mid-run, says so, and opens again`, async () => {
    const failures: EngineError[] = [];
    const engine = await use({ onFail: (error) => failures.push(error) });
    const { taken, error } = await collect(engine.sample(longSamples(engine)), (count) => {
      if (count === 20) process.kill(pidOf(engine), signal);
    });
    expect(taken.length).toBeGreaterThanOrEqual(20);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({
      code: "crashed",
      message: expect.stringMatching(/“Specimen, base” stopped: .*SIG|killed/),
    });
    expect((error as EngineError).message).toMatch(/What had arrived is kept.*Restart the model/);
    expect(failures).toEqual([error]);
    await expect(engine.next({ kind: "text", text: "A" }, { topK: 1 })).rejects.toBe(error);

    const again = await use();
    expect((await again.next({ kind: "text", text: "A" }, { topK: 1 })).top).toHaveLength(1);
  });
}

it("ends a process that hangs, and says for how long it was silent", async () => {
  const engine = await use({ heartbeat: { interval: 200, missed: 15 } });
  const pid = pidOf(engine);
  const { taken, error } = await collect(engine.sample(longSamples(engine)), (count) => {
    if (count === 5) process.kill(pid, "SIGSTOP");
  });
  expect(taken.length).toBeGreaterThanOrEqual(5);
  expect(error).toMatchObject({ code: "crashed", message: expect.stringContaining("has not answered for 3 s") });
  expect(await goneWithin(pid, 1000)).toBe(true);
});

it("does not take a process for hung that nobody asks anything", async () => {
  const engine = await use({ heartbeat: { interval: 200, missed: 15 } });
  const pid = pidOf(engine);
  process.kill(pid, "SIGSTOP");
  await new Promise((resolve) => setTimeout(resolve, 4000));
  process.kill(pid, "SIGCONT");
  expect((await engine.next({ kind: "text", text: "A" }, { topK: 1 })).top).toHaveLength(1);
});

it("is gone after close, and calls under way and later ones say that it was unloaded", async () => {
  const engine = await use();
  const pid = pidOf(engine);
  const running = collect(engine.sample(longSamples(engine)), (count) => {
    if (count === 1) void engine.close();
  });
  expect((await running).error).toMatchObject({ code: "crashed", message: expect.stringContaining("was unloaded") });
  await engine.close();
  expect(await isRunning(pid)).toBe(false);
  await expect(engine.tokenize("A", { parseSpecial: false, addBos: false })).rejects.toThrow("was unloaded");
});
