import { existsSync } from "node:fs";
import path from "node:path";
import { type Engine, plainSampler, type Sampler } from "../../src/inference/engine";
import { openProcessEngine } from "../../src/inference/llama/process/processEngine";
import { loadLlamaEngine } from "../../src/inference/llama/runtime/loadLlamaEngine";
import { short, table } from "../tokenizers/table";
import { type Subject, subjects } from "./models";
import { RawLoop } from "./raw";

interface Decoding {
  readonly sampler: string;
  readonly parallel: number;
  /** Tokens a second of all samples together. */
  readonly ours: number;
  readonly raw: number;
}

interface Report {
  readonly model: string;
  readonly device: string;
  readonly decoding: readonly Decoding[];
  readonly scoring: { readonly tokens: number; readonly scoreMs: number; readonly prefillMs: number };
  /** Undefined where `npm run build` has not made the model process. */
  readonly process:
    | {
        readonly coldFirstTokenMs: number;
        readonly warmFirstTokenMs: number;
        /** Of one token of one sample: through the process less in this one, microseconds. */
        readonly rpcPerTokenUs: number;
        readonly residentBytes: number;
      }
    | undefined;
}

const samplers: Readonly<Record<string, Sampler>> = {
  "temperature 1": plainSampler,
  "0.8, top-k 40, top-p 0.95": { ...plainSampler, temperature: 0.8, topK: 40, topP: 0.95 },
};
const repeats = 3;
const entry = path.resolve("dist/modelProcess.mjs");
/** To fill a long prompt with. */
const story = `Once upon a time there was a small town by the sea, where everybody knew everybody else. In the evening they met and talked. `;

/**
 * Engine against node-llama-cpp's own loop, in one run, taking turns; the best of three each. A word among the flags
 * chooses models by name: `npm run bench -- inference specimen`.
 */
export async function run(flags: readonly string[] = []): Promise<readonly Report[]> {
  const words = flags.filter((flag) => !flag.startsWith("--")).map((word) => word.toLowerCase());
  const reports: Report[] = [];
  for (const subject of subjects()) {
    const name = subject.load.name.toLowerCase();
    if (words.every((word) => name.includes(word))) reports.push(await measure(subject));
  }
  return reports;
}

async function measure(subject: Subject): Promise<Report> {
  const engine = await loadLlamaEngine(subject.load);
  const running = engine.running();
  const raw = await RawLoop.open(subject.load, running);
  try {
    const idsOf = async (text: string) => (await engine.render({ kind: "text", text })).tokens.map(({ id }) => id);
    const ids = await idsOf(subject.beginning);
    const filling = await idsOf(story);
    const decoding: Decoding[] = [];
    for (const [name, sampler] of Object.entries(samplers)) {
      const seeds = await lastingSeeds(engine, ids, sampler, subject.sampleTokens, 10);
      for (const parallel of [1, 4, 10]) {
        const some = seeds.slice(0, parallel);
        if (some.length < parallel) continue;
        const ours: number[] = [];
        const theirs: number[] = [];
        for (let turn = 0; turn < repeats; turn++) {
          ours.push((await decode(engine, ids, some, sampler, subject.sampleTokens)).ms);
          theirs.push(await raw.decode(ids, some, sampler, subject.sampleTokens));
        }
        const speed = (times: readonly number[]) => (parallel * subject.sampleTokens * 1000) / Math.min(...times);
        decoding.push({ sampler: name, parallel, ours: speed(ours), raw: speed(theirs) });
      }
    }
    const count = Math.min(subject.promptTokens, running.contextSize - 1);
    const long = (first: number) =>
      Array.from({ length: count }, (_, index) => (index === 0 ? first : filling[index % filling.length]!));
    const prefillMs = await raw.prefill(long(11));
    const start = performance.now();
    await engine.score({ kind: "tokens", ids: long(12) }, { topK: 5 });
    const scoreMs = performance.now() - start;
    const process = existsSync(entry) ? await throughProcess(subject, engine, ids) : undefined;
    return {
      model: subject.load.name,
      device: running.device,
      decoding,
      scoring: { tokens: count, scoreMs, prefillMs },
      process,
    };
  } finally {
    await raw.dispose();
    await engine.close();
  }
}

/** Seeds whose samples do not end before the last token, so that both loops do the same work. */
async function lastingSeeds(engine: Engine, ids: readonly number[], sampler: Sampler, tokens: number, wanted: number) {
  const found: number[] = [];
  for (let from = 0; found.length < wanted && from < 300; from += 10) {
    const seeds = Array.from({ length: 10 }, (_, index) => from + index);
    for await (const event of engine.sample({
      prompt: { kind: "tokens", ids },
      seeds,
      sampler,
      maxTokens: tokens,
      topK: 0,
    })) {
      if (event.kind === "end" && event.tokens === tokens) found.push(seeds[event.sample]!);
    }
  }
  return found;
}

async function decode(
  engine: Engine,
  ids: readonly number[],
  seeds: readonly number[],
  sampler: Sampler,
  maxTokens: number,
): Promise<{ readonly ms: number; readonly firstMs: number }> {
  const start = performance.now();
  let firstMs = 0;
  for await (const event of engine.sample({ prompt: { kind: "tokens", ids }, seeds, sampler, maxTokens, topK: 5 })) {
    if (firstMs === 0 && event.kind === "token") firstMs = performance.now() - start;
  }
  return { ms: performance.now() - start, firstMs };
}

async function throughProcess(subject: Subject, engine: Engine, ids: readonly number[]) {
  const start = performance.now();
  const remote = await openProcessEngine({ entry, load: subject.load });
  try {
    const loadedMs = performance.now() - start;
    const [seed] = await lastingSeeds(engine, ids, plainSampler, subject.sampleTokens, 1);
    const seeds = [seed ?? 1];

    const cold = await decode(remote, ids, seeds, plainSampler, subject.sampleTokens);
    const times = { here: Infinity, there: Infinity, first: Infinity };
    for (let turn = 0; turn < repeats; turn++) {
      const there = await decode(remote, ids, seeds, plainSampler, subject.sampleTokens);
      times.there = Math.min(times.there, there.ms);
      times.first = Math.min(times.first, there.firstMs);
      times.here = Math.min(times.here, (await decode(engine, ids, seeds, plainSampler, subject.sampleTokens)).ms);
    }
    return {
      coldFirstTokenMs: loadedMs + cold.firstMs,
      warmFirstTokenMs: times.first,
      rpcPerTokenUs: ((times.there - times.here) / subject.sampleTokens) * 1000,
      residentBytes: remote.running.memory.resident,
    };
  } finally {
    await remote.close();
  }
}

export function print(reports: readonly Report[]): void {
  for (const { model, device, decoding, scoring, process } of reports) {
    console.log(`\n${model}, ${device}: tokens a second, all samples together`);
    const rows = decoding.map(({ sampler, parallel, ours, raw }) => [
      sampler,
      String(parallel),
      short(ours),
      short(raw),
      `${short(ours / raw)}x`,
    ]);
    console.log(table(["sampler", "parallel", "engine", "node-llama-cpp", "ratio"], rows));
    const { tokens, scoreMs, prefillMs } = scoring;
    console.log(
      `Scoring ${tokens} tokens: ${short(scoreMs)} ms; a plain prefill of as many: ${short(prefillMs)} ms (${short(scoreMs / prefillMs)}x)`,
    );
    if (!process) continue;
    console.log(
      `Model process: first token after ${short(process.coldFirstTokenMs)} ms cold, ${short(process.warmFirstTokenMs)} ms warm; ` +
        `${short(process.rpcPerTokenUs)} us a token for the way; ${short(process.residentBytes / 2 ** 20)} MiB resident`,
    );
  }
}
