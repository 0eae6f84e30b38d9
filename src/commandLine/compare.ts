import {
  compareRuns,
  NothingInCommonError,
  type RunComparison,
  type RunPair,
} from "../experiments/reasoning/compareRuns";
import { isShown } from "../experiments/reasoning/finding";
import { differenceWords } from "../experiments/reasoning/findingWords";
import { reasoning } from "../experiments/reasoning/reasoning";
import type { ReasoningReport } from "../experiments/reasoning/report";
import { count, plural, pointsWords, pWords } from "../experiments/reasoning/words";
import { InputError } from "./input";
import { readSavedRun } from "./savedRun";
import { columns, withInterval } from "./text";

export interface CompareOptions {
  readonly first: string;
  readonly second: string;
  /** Ends with 1 where the second run has fewer right and the difference is shown. */
  readonly failOnDrop?: boolean;
  readonly json?: boolean;
}

/** Prints how two saved runs of the same questions differ, question by question. */
export async function compare({ first, second, failOnDrop, json }: CompareOptions): Promise<number> {
  const found = compared(await reportOf(first), await reportOf(second));
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else process.stdout.write(text(found));
  const drops = found.pairs.filter((pair) => isShown(pair) && pair.difference.mean < 0);
  if (!failOnDrop || drops.length === 0) return 0;
  for (const pair of drops) process.stderr.write(`Fewer right in ${second}: ${nameOf(pair)}.\n`);
  return 1;
}

export async function reportOf(file: string): Promise<ReasoningReport> {
  const { spec, events } = await readSavedRun(file, reasoning);
  return events.reduce(reasoning.add, reasoning.start(spec));
}

function compared(first: ReasoningReport, second: ReasoningReport): RunComparison {
  try {
    return compareRuns(first, second);
  } catch (error) {
    if (error instanceof NothingInCommonError) throw new InputError(error.message);
    throw error;
  }
}

function text({ shared, onlyFirst, onlySecond, otherReference, pairs, changes }: RunComparison): string {
  const heads = ["arm", "first", "second", "difference", "p", "tokens each"];
  const rows = pairs.map((pair) => [
    nameOf(pair),
    withInterval(pair.firstRate),
    withInterval(pair.secondRate),
    pointsWords(pair.difference),
    pWords(pair.p),
    `${pair.firstTokens.toFixed(1)}, ${pair.secondTokens.toFixed(1)}`,
  ]);
  const findings = pairs.map((pair) => {
    const { key, rest } = differenceWords(pair, { first: pair.firstRate.rate, second: pair.secondRate.rate });
    return `${nameOf(pair)}: ${key} ${rest}`;
  });
  const changed = changes.map((change) => ("arm" in change ? `${change.kind} of ${change.arm}` : change.kind));
  const questions = [
    `${plural(shared, "question")} in both`,
    `${count(onlyFirst.length)} only in the first`,
    `${count(onlySecond.length)} only in the second`,
    ...(otherReference.length > 0 ? [`${count(otherReference.length)} with another reference, left out`] : []),
  ];
  const notes = [`${questions.join(", ")}.`, `Changed: ${changed.join(", ") || "nothing"}.`];
  return `${[...findings, "", ...columns([heads, ...rows]), "", ...notes].join("\n")}\n`;
}

function nameOf({ first, second }: RunPair): string {
  const arm = first.arm === second.arm ? first.arm : `${second.arm} against ${first.arm}`;
  return first.model === second.model ? `${arm}, ${first.model}` : `${arm}, ${second.model} against ${first.model}`;
}
