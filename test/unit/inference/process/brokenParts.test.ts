import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EngineError, plainSampler, type SampleRequest } from "../../../../src/inference/engine";
import { openProcessEngine, type ProcessEngine } from "../../../../src/inference/llama/process/processEngine";
import { collect, specimenLoad } from "./specimen";

const entry = path.resolve("test/fixtures/inference/brokenProcess.mjs");

let engine: ProcessEngine;
beforeEach(async () => {
  engine = await openProcessEngine({ entry, load: specimenLoad() });
});
afterEach(() => engine.close());

const request = (text: string): SampleRequest => ({
  prompt: { kind: "text", text },
  seeds: [1],
  sampler: plainSampler,
  maxTokens: 2,
  topK: 0,
});

/** A call that no part comes for: it ends only when it is told to. */
const waiting = () => collect(engine.sample(request("silent")));

it("ends the call whose part breaks the contract, after what had come before it, and no other", async () => {
  const stop = new AbortController();
  const other = collect(engine.sample(request("silent"), stop.signal));
  const { taken, error } = await collect(engine.sample(request("nan")));
  expect(taken.map((event) => event.kind === "token" && event.token.logProb)).toEqual([-1]);
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ code: "crashed", details: expect.stringMatching(/NaN/) });
  stop.abort(new Error("enough"));
  expect((await other).error).toMatchObject({ message: "enough" });
});

it.each(["noId", "noEnvelope"])("ends all calls when nobody can say whose part it was: %s", async (wanted) => {
  const other = waiting();
  expect((await collect(engine.sample(request(wanted)))).error).toMatchObject({ code: "crashed" });
  expect((await other).error).toMatchObject({ code: "crashed" });
});

it("goes on where other news breaks the contract", async () => {
  const { taken, error } = await collect(engine.sample(request("otherNews")));
  expect(error).toBeUndefined();
  expect(taken).toHaveLength(2);
});
