import { expect, it } from "vitest";
import { EngineError } from "../../../src/inference/engine";
import { defaultSettings, type LlamaLoadOptions } from "../../../src/inference/llama/runtime/loadOptions";
import { otherTries } from "../../../src/models/ggufLoading";

const load: LlamaLoadOptions = { ...defaultSettings, path: "/m.gguf", id: "gguf:/m.gguf", name: "M", kind: "gguf" };
const noMemory = new EngineError("outOfMemory", "memory ran out");

it("offers half the layers, the CPU and one sample at a time where memory ran out on a GPU", () => {
  const tries = otherTries(load, noMemory, 32);
  expect(tries.map((each) => each.title)).toEqual([
    "Try With 16 Layers on the GPU",
    "Try on the CPU",
    "Try With One Sample at a Time",
  ]);
  expect(tries.map((each) => each.load)).toEqual([
    { ...load, gpuLayers: 16 },
    { ...load, gpu: "cpu" },
    { ...load, sequences: 1 },
  ]);
  const [again] = otherTries(tries[0]?.load ?? expect.fail(), noMemory, 32);
  expect(again?.load.gpuLayers).toBe(8);
});

it("offers the GPU's way out only where the GPU had to do with it, and nothing for what it cannot help", () => {
  const titles = (options: LlamaLoadOptions, error: EngineError) =>
    otherTries(options, error, 32).map(({ title }) => title);
  const driver = new EngineError("loadFailed", "did not load", "ggml_vulkan: device lost");
  expect(titles(load, driver)).toEqual(["Try With 16 Layers on the GPU", "Try on the CPU"]);
  expect(titles(load, new EngineError("loadFailed", "unknown architecture", "llama_model_load: error"))).toEqual([]);
  expect(titles({ ...load, gpu: "cpu" }, noMemory)).toEqual(["Try With One Sample at a Time"]);
  expect(titles({ ...load, gpu: "cpu", sequences: 1 }, noMemory)).toEqual([]);
  expect(titles(load, new EngineError("badInput", "no"))).toEqual([]);
});
