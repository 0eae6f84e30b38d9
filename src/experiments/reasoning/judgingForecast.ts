import { knownPairs } from "../judging/judgeCheck";
import type { Basis, Estimate } from "./forecast";
import { judgementOn, judgeOf, type ReasoningReport } from "./report";
import type { ReasoningSpec } from "./spec";

/** What a judge of meaning will say, its trial on the known pairs included. */
export interface JudgingForecast {
  readonly model: string;
  /** Judgements that are expected, each of two replies. */
  readonly answers: number;
  readonly tokens: Estimate;
  readonly basis: Basis;
}

/** Both replies of a judgement: one word each mostly, and 16 tokens at most. */
const judgementTokens: Estimate = { low: 2, expected: 8, high: 32 };

/** Fewer answers than this do not tell how often words differ, and more need not be looked at. */
const telling = { least: 10, most: 500 };

/**
 * Tokens of the judge for so many further answers. How many of them say it in other words is known from runs that were judged
 * before, or else taken to be every second one and anything between none and all. A judge that failed its trial is not asked.
 */
export function judgingForecast(
  { grader, questions }: Pick<ReasoningSpec, "grader" | "questions">,
  answers: number,
  earlier: readonly ReasoningReport[],
  done: ReasoningReport | undefined,
): JudgingForecast | undefined {
  if (grader.kind !== "meaning") return undefined;
  const tried = done && judgeOf(done);
  const pairs = knownPairs.length - (done?.checked.size ?? 0);
  const graded = questions.filter(({ answer }) => answer !== undefined).length / questions.length;
  const wanted = tried && !tried.usable ? 0 : answers * graded;
  const seen = shareJudged(earlier);
  const share = seen === undefined ? { low: 0, expected: 0.5, high: 1 } : { low: seen, expected: seen, high: seen };
  const of = (side: keyof Estimate): number => (pairs + wanted * share[side]) * judgementTokens[side];
  return {
    model: grader.judge,
    answers: Math.round(pairs + wanted * share.expected),
    tokens: { low: of("low"), expected: of("expected"), high: of("high") },
    // How long its replies are is a rule of thumb in any case.
    basis: { kind: "typical" },
  };
}

/** Of the first answers of runs whose judge was believed, how many it was asked about; undefined where there are too few. */
function shareJudged(reports: readonly ReasoningReport[]): number | undefined {
  let looked = 0;
  let judged = 0;
  for (const report of reports) {
    if (!judgeOf(report)?.usable) continue;
    for (const answer of report.answers) {
      if (looked === telling.most) break;
      looked++;
      if (judgementOn(report, answer)) judged++;
    }
  }
  return looked < telling.least ? undefined : judged / looked;
}
