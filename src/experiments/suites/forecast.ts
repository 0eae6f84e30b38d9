import type { Engine } from "../../inference/engine";
import { paceOf } from "../reasoning/forecast";
import { tokenCount } from "../tokenCount";
import type { SuitesReport } from "./report";
import { requestOf } from "./run";
import { answerKey, type SuitesSpec } from "./spec";
import type { SuiteItem } from "./suite";

/** What a run will take; all of it is an estimate and shown with ≈. */
export interface SuitesForecast {
  /** Answers still to come. */
  readonly answers: number;
  /** Sampled tokens expected; prompts are not counted. */
  readonly tokens: number;
  /** Tokens where every answer goes to its limit. */
  readonly most: number;
  /** Undefined where a model's pace is not known. */
  readonly seconds: number | undefined;
  /** Earlier answers it rests on; 0: on how far such answers usually go to their limits. */
  readonly restsOn: number;
}

/** Answers of ready suites end at about this share of their limits: most are short, some run on. */
const usualShare = 0.5;

/**
 * Tokens and seconds of a run. What `done` holds is not asked again, and answers of `earlier` runs tell how long those of
 * the same model, suite and way are. `paces`: sampled tokens a second by model.
 */
export function forecastSuites(
  spec: SuitesSpec,
  {
    done,
    earlier = [],
    paces,
  }: {
    readonly done?: SuitesReport;
    readonly earlier?: readonly SuitesReport[];
    readonly paces: ReadonlyMap<string, number>;
  },
): SuitesForecast {
  const seen = meanLengths(done ? [done, ...earlier] : earlier);
  const total = { answers: 0, tokens: 0, most: 0, restsOn: 0 };
  let seconds: number | undefined = 0;
  for (const model of spec.models) {
    let tokens = 0;
    for (const { id: suite, items } of spec.suites) {
      for (const item of items) {
        const missing = samplesMissing(spec, done, { model, suite, item: item.id });
        const mean = seen.get(lengthKey(model, suite, item));
        total.answers += missing;
        total.most += missing * item.maxTokens;
        tokens += missing * Math.min(item.maxTokens, mean?.mean ?? item.maxTokens * usualShare);
      }
    }
    const pace = paces.get(model);
    seconds = seconds === undefined || pace === undefined ? undefined : seconds + tokens / pace;
    total.tokens += tokens;
  }
  for (const { answers } of seen.values()) total.restsOn += answers;
  return { ...total, seconds };
}

/** Answers that are tried side by side at most. */
const mostTried = 8;

/**
 * Tokens a second of a model with as many answers side by side as a run asks for, from the beginning of the one that may
 * become the longest. It samples, so a served model is asked and may cost. Undefined where nothing came.
 */
export function measureSuitesPace(engine: Engine, spec: SuitesSpec, signal: AbortSignal): Promise<number | undefined> {
  const asked = spec.suites.flatMap(({ id, items }) => items.map((item) => ({ id, item })));
  const able = asked.filter(
    ({ item: { kind } }) => engine.capabilities[kind === "chat" ? "chat" : "completion"].available,
  );
  const longest = able.reduce<(typeof able)[number] | undefined>(
    (most, each) => (most && most.item.maxTokens >= each.item.maxTokens ? most : each),
    undefined,
  );
  const { sample } = engine.capabilities;
  if (!longest || !sample.available) return Promise.resolve(undefined);
  const samples = Array.from({ length: Math.min(sample.parallel, mostTried) }, (_, index) => index);
  return paceOf(engine, requestOf(spec, engine, longest.id, longest.item, samples), signal);
}

function samplesMissing(
  { samples }: SuitesSpec,
  done: SuitesReport | undefined,
  task: { readonly model: string; readonly suite: string; readonly item: string },
): number {
  if (!done) return samples;
  let missing = 0;
  for (let sample = 0; sample < samples; sample++) if (!done.answers.has(answerKey({ ...task, sample }))) missing++;
  return missing;
}

interface Length {
  answers: number;
  mean: number;
}

/** Of each model, suite and way. What could not be asked has no tokens. */
function meanLengths(reports: readonly SuitesReport[]): Map<string, Length> {
  const lengths = new Map<string, Length>();
  for (const { spec, answers, failures } of reports) {
    const items = new Map(
      spec.suites.flatMap(({ id, items }) => items.map((item) => [JSON.stringify([id, item.id]), item])),
    );
    for (const { model, suite, item: id } of failures) {
      const item = items.get(JSON.stringify([suite, id]));
      if (item) lengths.set(lengthKey(model, suite, item), { answers: 0, mean: 0 });
    }
    for (const answer of answers.values()) {
      const { model, suite, item: id } = answer;
      const item = items.get(JSON.stringify([suite, id]));
      if (!item) continue;
      const key = lengthKey(model, suite, item);
      const length = lengths.get(key) ?? { answers: 0, mean: 0 };
      length.answers++;
      length.mean += (tokenCount(answer) - length.mean) / length.answers;
      lengths.set(key, length);
    }
  }
  return lengths;
}

function lengthKey(model: string, suite: string, { variant }: SuiteItem): string {
  return JSON.stringify([model, suite, variant]);
}
