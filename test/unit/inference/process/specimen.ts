import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { plainSampler, type SampleEvent, type SampleRequest } from "../../../../src/inference/engine";
import {
  openProcessEngine,
  type ProcessEngine,
  type ProcessEngineOptions,
} from "../../../../src/inference/llama/process/processEngine";
import { defaultSettings, type LlamaLoadOptions } from "../../../../src/inference/llama/runtime/loadOptions";

/** The real model process and the real specimen, as the extension opens them. */

export const entry = path.resolve("dist/modelProcess.mjs");
export const specimenPath = path.resolve("media/models/specimen-base.gguf");

export function specimenLoad(changes: Partial<LlamaLoadOptions> = {}): LlamaLoadOptions {
  const name = { path: specimenPath, id: "specimen-base", name: "Specimen, base", kind: "builtIn" } as const;
  return { ...defaultSettings, ...name, gpu: "cpu", sequences: 4, ...changes };
}

export function openSpecimen(options: Partial<ProcessEngineOptions> = {}): Promise<ProcessEngine> {
  return openProcessEngine({ entry, load: specimenLoad(), ...options });
}

/** So many samples that a run takes long, though each may end early. */
export function longSamples(engine: ProcessEngine, samples = 200): SampleRequest {
  return {
    prompt: { kind: "text", text: "Once upon a time" },
    seeds: Array.from({ length: samples }, (_, index) => index + 1),
    sampler: plainSampler,
    maxTokens: engine.model.contextSize ?? 512,
    topK: 3,
  };
}

/** Takes events until they end, and the error they end with. */
export async function collect(events: AsyncIterable<SampleEvent>, onEvent?: (count: number) => void) {
  const taken: SampleEvent[] = [];
  try {
    for await (const event of events) {
      taken.push(event);
      onEvent?.(taken.length);
    }
    return { taken, error: undefined };
  } catch (error) {
    return { taken, error };
  }
}

/** Whether a process runs: one that has ended and whom nobody has asked for does not. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return !/\) Z /.test(state);
}

/** Waits until a process has gone, at most `ms`; says whether it has. */
export async function goneWithin(pid: number, ms: number): Promise<boolean> {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (!(await isRunning(pid))) return true;
    await pause(20);
  }
  return !(await isRunning(pid));
}
