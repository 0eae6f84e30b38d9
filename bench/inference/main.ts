import { loadLlamaEngine } from "../../src/inference/llama/runtime/loadLlamaEngine";
import { decode, lastingSeeds, samplers } from "./engineSpeed";
import { type LlamaPrograms, llamaPrograms } from "./llamaPrograms";
import { type Subject, subjects } from "./models";
import { type ProcessFigures, processSpeed } from "./processSpeed";
import { RawLoop } from "./raw";
import { type Decoding, printReport } from "./tables";

export interface Report {
  readonly model: string;
  readonly device: string;
  readonly decoding: readonly Decoding[];
  /** Tokens, and milliseconds for all of them: read by each of the three, and scored by the engine. */
  readonly prompt: {
    readonly tokens: number;
    readonly oursMs: number;
    readonly rawMs: number;
    readonly ownMs: number | undefined;
    readonly scoreMs: number;
  };
  readonly process: ProcessFigures | undefined;
  /** What was not measured, and why. */
  readonly missing: readonly string[];
}

/** To fill a long prompt with. */
const story =
  "Once upon a time there was a small town by the sea, where everybody knew everybody else. In the evening they met. ";

/**
 * The engine against node-llama-cpp's own loop and llama.cpp's own benchmarks, in one run, taking turns; the best of a few
 * each. A word among the flags chooses models by name: `npm run bench -- inference specimen`.
 */
export async function run(flags: readonly string[] = []): Promise<readonly Report[]> {
  const words = flags.filter((flag) => !flag.startsWith("--")).map((word) => word.toLowerCase());
  const programs = await llamaPrograms();
  const reports: Report[] = [];
  for (const subject of subjects()) {
    const name = subject.load.name.toLowerCase();
    if (words.every((word) => name.includes(word))) reports.push(await measure(subject, programs));
  }
  return reports;
}

async function measure(subject: Subject, programs: LlamaPrograms | string): Promise<Report> {
  const { load, sampleTokens, repeats, promptRepeats } = subject;
  const missing = typeof programs === "string" ? [`llama.cpp's own figures: ${programs}.`] : [];
  const own = typeof programs === "string" ? undefined : programs;
  const engine = await loadLlamaEngine(load);
  const running = engine.running();
  const raw = await RawLoop.open(load, running);
  try {
    const idsOf = async (text: string) => (await engine.render({ kind: "text", text })).tokens.map(({ id }) => id);
    const ids = await idsOf(subject.beginning);
    const decoding: Decoding[] = [];
    const ownSpeeds = new Map<number, number>();
    for (const parallel of own ? [1, 4, 10] : [])
      ownSpeeds.set(parallel, await own!.decode(load, running, parallel, sampleTokens));
    for (const [name, sampler] of Object.entries(samplers)) {
      const seeds = await lastingSeeds(engine, ids, sampler, sampleTokens, 10);
      for (const parallel of [1, 4, 10]) {
        const some = seeds.slice(0, parallel);
        if (some.length < parallel) {
          missing.push(`${name}, ${parallel} samples: too few of 300 seeds last for ${sampleTokens} tokens.`);
          continue;
        }
        const ours: number[] = [];
        const theirs: number[] = [];
        for (let turn = 0; turn < repeats; turn++) {
          ours.push((await decode(engine, ids, some, sampler, sampleTokens)).ms);
          theirs.push(await raw.decode(ids, some, sampler, sampleTokens));
        }
        const speed = (times: readonly number[]) => (parallel * sampleTokens * 1000) / Math.min(...times);
        decoding.push({ sampler: name, parallel, ours: speed(ours), raw: speed(theirs), own: ownSpeeds.get(parallel) });
      }
    }
    const filling = await idsOf(story);
    const count = Math.min(subject.promptTokens, running.contextSize - 1);
    const long = (first: number) =>
      Array.from({ length: count }, (_, index) => (index === 0 ? first : filling[index % filling.length]!));
    const times = { oursMs: Infinity, rawMs: Infinity, scoreMs: Infinity };
    const timed = async (work: () => Promise<unknown>) => {
      const start = performance.now();
      await work();
      return performance.now() - start;
    };
    for (let turn = 0; turn < promptRepeats; turn++) {
      // Another first token each time, so that nothing is remembered of the time before.
      const [a, b] = [long(3 * turn + 11), long(3 * turn + 12)];
      times.oursMs = Math.min(times.oursMs, await timed(() => engine.next({ kind: "tokens", ids: a }, { topK: 1 })));
      times.rawMs = Math.min(times.rawMs, await raw.prefill(a));
      times.scoreMs = Math.min(times.scoreMs, await timed(() => engine.score({ kind: "tokens", ids: b }, { topK: 5 })));
    }
    const ownMs = own && (count * 1000) / (await own.prefill(load, running, count, promptRepeats));
    const process = await processSpeed(subject, engine, ids);
    if (!process) missing.push("The model process: `npm run build` makes it.");
    return {
      model: load.name,
      device: running.device,
      decoding,
      prompt: { tokens: count, ...times, ownMs },
      process,
      missing,
    };
  } finally {
    await raw.dispose();
    await engine.close();
  }
}

export function print(reports: readonly Report[]): void {
  for (const report of reports) printReport(report);
}
