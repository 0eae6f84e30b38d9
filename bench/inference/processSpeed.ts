import { existsSync } from "node:fs";
import path from "node:path";
import { type Engine, plainSampler } from "../../src/inference/engine";
import { openProcessEngine } from "../../src/inference/llama/process/processEngine";
import { decode, lastingSeeds } from "./engineSpeed";
import type { Subject } from "./models";

/** What the model process costs and needs. */
export interface ProcessFigures {
  /** From the command to the first token, process and weights included. */
  readonly coldFirstTokenMs: number;
  readonly warmFirstTokenMs: number;
  /** Of one token: ten samples through the process less the same in this one, microseconds. */
  readonly wayPerTokenUs: number;
  readonly residentBytes: number;
}

const entry = path.resolve("dist/modelProcess.mjs");

/** Undefined where `npm run build` has not made the model process, or no sample lasts. */
export async function processSpeed(
  { load, sampleTokens, repeats }: Subject,
  engine: Engine,
  ids: readonly number[],
): Promise<ProcessFigures | undefined> {
  const seeds = existsSync(entry) ? await lastingSeeds(engine, ids, plainSampler, sampleTokens, 10) : [];
  if (seeds.length === 0) return undefined;
  const start = performance.now();
  const remote = await openProcessEngine({ entry, load });
  try {
    const loadedMs = performance.now() - start;
    const cold = await decode(remote, ids, seeds.slice(0, 1), plainSampler, 1);
    let firstMs = Infinity;
    for (let turn = 0; turn < repeats; turn++) {
      firstMs = Math.min(firstMs, (await decode(remote, ids, seeds.slice(0, 1), plainSampler, 1)).firstMs);
    }
    const times = { here: Infinity, there: Infinity };
    for (let turn = 0; turn < repeats; turn++) {
      times.there = Math.min(times.there, (await decode(remote, ids, seeds, plainSampler, sampleTokens)).ms);
      times.here = Math.min(times.here, (await decode(engine, ids, seeds, plainSampler, sampleTokens)).ms);
    }
    return {
      coldFirstTokenMs: loadedMs + cold.firstMs,
      warmFirstTokenMs: firstMs,
      wayPerTokenUs: ((times.there - times.here) / (seeds.length * sampleTokens)) * 1000,
      residentBytes: remote.running.memory.resident,
    };
  } finally {
    await remote.close();
  }
}
