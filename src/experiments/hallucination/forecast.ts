import type { Engine } from "../../inference/engine";
import { seedOf } from "../reasoning/ask";
import { tokenCount } from "../tokenCount";
import { promptOf } from "./prompts";
import type { HallucinationReport } from "./report";
import { closedBook, type HallucinationSpec } from "./spec";

/** What a probe will take; all of it an estimate. */
export interface ProbeForecast {
  /** Answers still to come, greedy ones included. */
  readonly answers: number;
  /** Tokens the probed model will sample; prompts, and what a judge says, are not counted. */
  readonly tokens: number;
  /** Questions to the judge at most: pairs are asked about only where words do not say it all. */
  readonly judgements: number;
  /** Undefined where no pace is known. */
  readonly seconds: number | undefined;
  /** Answers whose lengths it rests on; 0 for a rule of thumb. */
  readonly basis: number;
}

/** Tokens of an answer where nobody knows better: a sentence or two. */
const typicalTokens = 30;

/**
 * Answers, tokens and seconds of a probe, of which `done` is not asked again; `earlier` runs tell how long answers are.
 * `pace` in sampled tokens a second, all answers together. Linear in the answers given.
 */
export function forecastProbe(
  spec: HallucinationSpec,
  {
    done,
    earlier = [],
    pace,
  }: { readonly done?: HallucinationReport; readonly earlier?: readonly HallucinationReport[]; readonly pace?: number },
): ProbeForecast {
  const each = spec.samples + 1;
  const cells = spec.items.reduce((sum, { pages = [] }) => sum + 1 + pages.length, 0);
  const came = done ? answersOf(done).length : 0;
  const answers = Math.max(0, cells * each - came);
  const lengths = [...(done ? [done] : []), ...earlier]
    .filter((report) => report.spec.probed === spec.probed)
    .flatMap(answersOf);
  const mean =
    lengths.length > 0
      ? lengths.reduce((sum, answer) => sum + tokenCount(answer), 0) / lengths.length
      : Math.min(typicalTokens, spec.maxTokens);
  const tokens = Math.round(answers * Math.min(mean, spec.maxTokens));
  return {
    answers,
    tokens,
    judgements: spec.judge === null ? 0 : cells * spec.samples * 2,
    seconds: pace === undefined || pace <= 0 ? undefined : tokens / pace,
    basis: lengths.length,
  };
}

/** Longest trial, and most tokens of each of its answers. */
const [trialMs, trialTokens] = [1500, 16];

/** Sampled tokens a second, all samples together and the prompt's reading included, from the beginning of the first question. */
export async function measureProbePace(
  engine: Engine,
  spec: HallucinationSpec,
  signal: AbortSignal,
): Promise<number | undefined> {
  const [first] = spec.items;
  if (!first || !engine.capabilities.sample.available) return undefined;
  const seeds = Array.from({ length: spec.samples }, (_, sample) => seedOf(spec.seed, first.id, closedBook, sample));
  const prompt = promptOf(spec, engine, first, closedBook);
  const request = { prompt, seeds, sampler: spec.sampler, maxTokens: Math.min(trialTokens, spec.maxTokens), topK: 0 };
  const start = performance.now();
  let tokens = 0;
  for await (const event of engine.sample(request, signal)) {
    if (event.kind === "token") tokens++;
    if (performance.now() - start > trialMs) break;
  }
  return tokens > 0 ? (tokens * 1000) / (performance.now() - start) : undefined;
}

function answersOf({ cells }: HallucinationReport) {
  return [...cells.values()].flatMap(({ answers }) => [...answers.values()]);
}

/** How much of a run is whole: items in their books with all their answers, or that could not be asked. */
export function progressOf({ spec, cells }: HallucinationReport): { readonly done: number; readonly total: number } {
  const whole = [...cells.values()].filter(
    ({ answers, failure }) => failure !== undefined || answers.size > spec.samples,
  );
  return { done: whole.length, total: cells.size };
}
