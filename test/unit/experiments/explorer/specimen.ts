import path from "node:path";
import type { ExplorerSpec } from "../../../../src/experiments/explorer/events";
import { modelOf } from "../../../../src/experiments/explorer/fromEngine";
import type { Engine } from "../../../../src/inference/engine";
import { plainSampler } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadLlamaEngine } from "../../../../src/inference/llama/runtime/loadLlamaEngine";
import { defaultSettings, type LlamaLoadOptions } from "../../../../src/inference/llama/runtime/loadOptions";

/** The real specimen in this process, on one thread. */
export function loadSpecimen(variant: "base" | "chat"): Promise<LlamaEngine> {
  const options: LlamaLoadOptions = {
    ...defaultSettings,
    path: path.resolve(`media/models/specimen-${variant}.gguf`),
    id: `specimen-${variant}`,
    name: `Specimen, ${variant}`,
    kind: "builtIn",
    gpu: "cpu",
    threads: 1,
    sequences: 4,
  };
  return loadLlamaEngine(options, { onLog: () => {} });
}

export function specOf(engine: Engine, text: string): ExplorerSpec {
  return {
    model: modelOf(engine.model),
    prompt: { as: "text", text, parseSpecial: false },
    sampler: plainSampler,
    seed: 7,
  };
}
