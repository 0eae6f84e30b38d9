import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EngineError } from "../../../../src/inference/engine";
import { openProcessEngine } from "../../../../src/inference/llama/process/processEngine";
import { entry, openSpecimen, specimenLoad, specimenPath } from "./specimen";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "promptscope-gguf-"));
});
afterAll(() => rm(folder, { recursive: true }));

const failureOf = (load: ReturnType<typeof specimenLoad>): Promise<unknown> =>
  openProcessEngine({ entry, load }).then(
    async (engine) => {
      await engine.close();
      return undefined;
    },
    (error: unknown) => error,
  );

it("rejects a GGUF cut at any of ten places with the reason, and goes on living", async () => {
  const whole = await readFile(specimenPath);
  const cuts = [
    0,
    3,
    20,
    100,
    5000,
    40_000,
    Math.floor(whole.length / 4),
    Math.floor(whole.length / 2),
    whole.length - 5000,
    whole.length - 1,
  ];
  for (const cut of cuts) {
    const file = path.join(folder, `cut-${cut}.gguf`);
    await writeFile(file, whole.subarray(0, cut));
    const error = await failureOf(specimenLoad({ path: file, name: `cut at ${cut}` }));
    expect(error, `cut at ${cut}`).toBeInstanceOf(EngineError);
    expect(error).toMatchObject({ code: "loadFailed" });
    expect((error as EngineError).message.length).toBeGreaterThan(20);
  }
}, 120_000);

it("rejects what is missing, a folder, and no GGUF", async () => {
  const text = path.join(folder, "text.gguf");
  await writeFile(text, "this is no model");
  for (const file of [path.join(folder, "missing.gguf"), folder, text]) {
    expect(await failureOf(specimenLoad({ path: file })), file).toMatchObject({ code: "loadFailed" });
  }
});

it("reports a process that cannot be started", async () => {
  const error = await openSpecimen({ entry: path.join(folder, "no-such-process.mjs") }).catch((each: unknown) => each);
  expect(error).toMatchObject({ code: "loadFailed" });
  expect((error as EngineError).details).toContain("no-such-process.mjs");
});

it("stops loading when the signal says so, with its reason", async () => {
  const stop = new AbortController();
  const opening = openSpecimen({ signal: stop.signal });
  stop.abort(new Error("changed my mind"));
  await expect(opening).rejects.toThrow("changed my mind");
  await expect(openSpecimen({ signal: AbortSignal.abort(new Error("before")) })).rejects.toThrow("before");
});

it("tells how far the loading is and what the model runs on", async () => {
  const fractions: number[] = [];
  const engine = await openSpecimen({ onProgress: (fraction) => fractions.push(fraction) });
  expect(fractions.at(-1)).toBe(1);
  expect(engine.running.device).toContain("CPU");
  expect(engine.running.deviceReason).not.toBe("");
  expect(engine.running.threads).toBe(1);
  expect(engine.running.memory.resident).toBeGreaterThan(10e6);
  expect(engine.model).toMatchObject({ id: "specimen-base", name: "Specimen, base", kind: "builtIn" });
  await engine.close();
});

it("refuses options that the process does not know", async () => {
  await expect(openSpecimen({ load: specimenLoad({ gpu: "abacus" as "cpu" }) })).rejects.toMatchObject({
    code: "badInput",
  });
});
