import { type Estimate, forecast, measurePace } from "../experiments/reasoning/forecast";
import type { ReasoningSpec } from "../experiments/reasoning/spec";
import { plural, roughly } from "../experiments/reasoning/words";
import { runModels } from "./models";

export interface ForecastOptions {
  readonly dist: string;
  readonly threads?: number;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** Prints what a run would take, after a short trial of each model's pace. */
export async function printForecast(
  spec: ReasoningSpec,
  { dist, threads, json, signal }: ForecastOptions,
): Promise<number> {
  const models = runModels(dist, signal, threads);
  const paces = new Map<string, number>();
  try {
    for (const model of spec.models) {
      const pace = await measurePace(await models.engines(model, signal), spec, signal);
      if (pace !== undefined) paces.set(model, pace);
    }
  } finally {
    await models.close();
  }
  const found = forecast(spec, { paces });
  if (json) {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    return 0;
  }
  const { answers, tokens, seconds, endedByBudget } = found;
  const time = seconds ? `, ≈ ${range(seconds)} seconds at the pace of a short trial` : "";
  const budget = endedByBudget ? "; the token budget will end the run before all is answered" : "";
  process.stdout.write(`${plural(answers, "answer")}, ≈ ${range(tokens)} tokens${time}${budget}.\n`);
  process.stderr.write("How long answers are is a rule of thumb: no answer of this spec has been seen.\n");
  return 0;
}

function range({ low, expected, high }: Estimate): string {
  return `${roughly(expected)} (${roughly(low)} to ${roughly(high)})`;
}
