import { doneOf } from "../experiments/reasoning/done";
import { reasoning } from "../experiments/reasoning/reasoning";
import type { ReasoningReport } from "../experiments/reasoning/report";
import { runReasoning } from "../experiments/reasoning/run";
import type { ReasoningEvent } from "../experiments/reasoning/spec";
import { type ArmSummary, type ReasoningSummary, summarise } from "../experiments/reasoning/summary";
import { printForecast } from "./forecast";
import { runModels } from "./models";
import { openRun, type SavedRun } from "./savedRun";
import { type Expectation, readSpec } from "./spec";
import { columns, percent, withInterval } from "./text";
import { withSwitches } from "./thinkingArms";

export interface RunOptions {
  readonly dist: string;
  readonly spec: string;
  readonly out?: string;
  readonly model?: string;
  /** Says what the run would take instead of running it. */
  readonly forecast?: boolean;
  /** Of a GGUF's process; its own choice where undefined. */
  readonly threads?: number;
  readonly json?: boolean;
  readonly signal: AbortSignal;
}

/** Runs a spec, saves its events as they come, prints the report. 1 when an expectation does not hold. */
export async function runSpec(options: RunOptions): Promise<number> {
  const { dist, spec: file, out, model, threads, json, signal } = options;
  const { spec: asked, expect } = await readSpec(file, model, signal);
  if (options.forecast) return printForecast(asked, options);
  const models = runModels(dist, signal, threads);
  let saved: SavedRun<ReasoningEvent> | undefined;
  let report: ReasoningReport;
  try {
    const spec = await withSwitches(asked, models.engines, signal);
    saved = out === undefined ? undefined : await openRun(out, reasoning, spec);
    report = [...(saved?.events ?? [])].reduce(reasoning.add, reasoning.start(spec));
    const total = spec.models.length * spec.questions.length * spec.arms.length * spec.samples;
    for await (const event of runReasoning(spec, models.engines, signal, doneOf(saved?.events ?? []))) {
      await saved?.add(event);
      report = reasoning.add(report, event);
      if (event.type === "failed") process.stderr.write(`Question ${event.question}, ${event.arm}: ${event.message}\n`);
      if (process.stderr.isTTY) process.stderr.write(`\r${report.answers.length} of ${total} answers `);
    }
  } finally {
    if (process.stderr.isTTY) process.stderr.write("\n");
    await saved?.close();
    await models.close();
  }
  const summary = summarise(report);
  process.stdout.write(json ? `${JSON.stringify(summary)}\n` : table(summary));
  const broken = expect.flatMap((each) => notKept(summary, each));
  for (const line of broken) process.stderr.write(`${line}\n`);
  return broken.length > 0 ? 1 : 0;
}

function notKept({ arms }: ReasoningSummary, { arm, model, atLeast = 0, atMost = 1 }: Expectation): string[] {
  return arms
    .filter((each) => each.arm === arm && (model === undefined || each.model === model))
    .filter(({ accuracy: { rate } }) => !(rate >= atLeast && rate <= atMost))
    .map((each) => {
      const wanted = each.accuracy.rate < atLeast ? `at least ${percent(atLeast)}` : `at most ${percent(atMost)}`;
      return `Expected ${wanted} of ${each.model}, ${arm}; it is ${withInterval(each.accuracy)}.`;
    });
}

function table({ arms, comparisons }: ReasoningSummary): string {
  const rows = [["model", "arm", "accuracy", "questions", "answers", "tokens", "truncated", "unparsed", "refused"]];
  for (const each of arms) rows.push([each.model, each.arm, withInterval(each.accuracy), ...figures(each)]);
  const lines = columns(rows);
  const differences = comparisons.map(({ first, second, difference, p }) => {
    const points = (value: number): string => `${value >= 0 ? "+" : "−"}${Math.abs(value * 100).toFixed(1)}`;
    const between =
      first.model === second.model
        ? `${second.arm} against ${first.arm}, ${first.model}`
        : `${second.model} against ${first.model}, ${first.arm}`;
    return `${between}: ${points(difference.mean)} points [${points(difference.low)}, ${points(difference.high)}], p ${p < 0.001 ? "< 0.001" : `= ${p.toPrecision(2)}`}`;
  });
  return `${[...lines, "", ...differences].join("\n").trimEnd()}\n`;
}

function figures({ questions, answers, tokens, truncated, unparsed, refused }: ArmSummary): string[] {
  return [questions, answers, tokens, truncated, unparsed, refused].map(String);
}
