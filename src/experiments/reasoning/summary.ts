import { seededRandom } from "../../inference/random";
import { majority } from "../statistics/majority";
import {
  type Difference,
  holm,
  mcnemarExact,
  type PairedCounts,
  pairedDifference,
  questionsToTell,
} from "../statistics/paired";
import { clusteredRate, type Rate } from "../statistics/rate";
import { type Answer, type ReasoningReport, verdictOf } from "./report";

/** One arm of one model in figures. */
export interface ArmSummary {
  readonly model: string;
  readonly arm: string;
  /** Of all graded answers, with questions as the unit. */
  readonly accuracy: Rate;
  /** Questions with at least one graded answer. */
  readonly questions: number;
  readonly answers: number;
  readonly tokens: number;
  /** Right answers for each 1,000 sampled tokens. */
  readonly rightPerThousandTokens: number;
  readonly truncated: number;
  readonly unparsed: number;
  readonly refused: number;
  /** By the question's number of steps, ascending; empty where no question says its own. */
  readonly bySteps: readonly { readonly steps: number; readonly accuracy: Rate }[];
  /** Accuracy of the majority vote of 1 to n answers [Wang 2022, arXiv 2203.11171]; empty with one answer a question. */
  readonly votes: readonly { readonly answers: number; readonly accuracy: Rate }[];
}

/** Two arms, or the same arm of two models, on the questions that both answered. */
export interface Comparison {
  readonly first: { readonly model: string; readonly arm: string };
  readonly second: { readonly model: string; readonly arm: string };
  /** Accuracy of the second less that of the first, question by question. */
  readonly difference: Difference;
  /** With one verdict for each question: its only answer's, or the majority vote's. */
  readonly counts: PairedCounts;
  /** Of McNemar's exact test, after Holm's correction over all comparisons. */
  readonly p: number;
  /** Questions in all that would show this difference with 80 % power; infinite where there is none. */
  readonly needed: number;
}

export interface ReasoningSummary {
  readonly arms: readonly ArmSummary[];
  readonly comparisons: readonly Comparison[];
}

/** An arm's answers to each question, in the questions' order. */
type Cells = ReadonlyMap<string, readonly Graded[]>;

interface Graded {
  readonly right: boolean;
  readonly said: string | undefined;
}

/** Figures of the run so far: a pure function of the report. */
export function summarise(report: ReasoningReport): ReasoningSummary {
  const groups = grouped(report);
  const arms = [...groups.values()].map((group) => armSummary(report, group));
  const comparisons = pairs(report).flatMap(([first, second]) => {
    const [a, b] = [groups.get(groupKey(first)), groups.get(groupKey(second))];
    return a && b ? compared(report, first, second, a.answers, b.answers) : [];
  });
  const adjusted = holm(comparisons.map(({ p }) => p));
  return { arms, comparisons: comparisons.map((each, index) => ({ ...each, p: adjusted[index]! })) };
}

interface Group {
  readonly model: string;
  readonly arm: string;
  readonly answers: Answer[];
}

function groupKey({ model, arm }: { readonly model: string; readonly arm: string }): string {
  return JSON.stringify([model, arm]);
}

function grouped(report: ReasoningReport): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const model of report.spec.models) {
    for (const { id } of report.spec.arms) groups.set(groupKey({ model, arm: id }), { model, arm: id, answers: [] });
  }
  for (const answer of report.answers) groups.get(groupKey(answer))?.answers.push(answer);
  return groups;
}

function cellsOf(report: ReasoningReport, answers: readonly Answer[]): Cells {
  const cells = new Map<string, Graded[]>();
  for (const answer of answers) {
    const verdict = verdictOf(report, answer);
    if (verdict === undefined) continue;
    const cell = cells.get(answer.question) ?? [];
    cell.push({ right: verdict === "right", said: answer.graded?.extracted });
    cells.set(answer.question, cell);
  }
  return cells;
}

function armSummary(report: ReasoningReport, { model, arm, answers }: Group): ArmSummary {
  const cells = cellsOf(report, answers);
  const tokens = answers.reduce((sum, answer) => sum + answer.tokens.length, 0);
  const accuracy = rateOf(cells.values());
  const verdicts = answers.map((answer) => verdictOf(report, answer));
  return {
    model,
    arm,
    accuracy,
    questions: cells.size,
    answers: answers.length,
    tokens,
    rightPerThousandTokens: (accuracy.successes / tokens) * 1000,
    truncated: answers.filter(({ truncated }) => truncated).length,
    unparsed: verdicts.filter((verdict) => verdict === "unparsed").length,
    refused: verdicts.filter((verdict) => verdict === "refused").length,
    bySteps: bySteps(report, cells),
    votes: votes(report, cells),
  };
}

function rateOf(cells: Iterable<readonly Graded[]>): Rate {
  const counts = [...cells].map((cell) => ({
    successes: cell.filter(({ right }) => right).length,
    trials: cell.length,
  }));
  return clusteredRate(counts);
}

function bySteps({ spec }: ReasoningReport, cells: Cells): ArmSummary["bySteps"] {
  const groups = new Map<number, (readonly Graded[])[]>();
  for (const { id, steps } of spec.questions) {
    const cell = cells.get(id);
    if (steps !== undefined && cell) groups.set(steps, [...(groups.get(steps) ?? []), cell]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([steps, group]) => ({ steps, accuracy: rateOf(group) }));
}

/** Draws of answers for each question and number of votes; enough for half a percent. */
const draws = 200;

/**
 * How often the majority of k answers is right, k = 1 to n, estimated by drawing k of each question's n answers without
 * replacement. The interval is over questions; the draws of one question are no further evidence.
 */
function votes(report: ReasoningReport, cells: Cells): ArmSummary["votes"] {
  const most = Math.max(0, ...[...cells.values()].map((cell) => cell.length));
  if (most < 2) return [];
  const whole = [...cells.values()].filter((cell) => cell.length === most);
  return Array.from({ length: most }, (_, index) => {
    const random = seededRandom(report.spec.seed);
    const shares = whole.map((cell) => ({ successes: voteShare(cell, index + 1, random), trials: 1 }));
    return { answers: index + 1, accuracy: clusteredRate(shares) };
  });
}

function voteShare(cell: readonly Graded[], answers: number, random: () => number): number {
  if (answers === cell.length) return rightByVote(cell) ? 1 : 0;
  let right = 0;
  for (let draw = 0; draw < draws; draw++) {
    const left = cell.slice();
    const chosen = Array.from({ length: answers }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
    if (rightByVote(chosen)) right++;
  }
  return right / draws;
}

/** Answers that say the same share a verdict, so the winner's is that of any who gave it. */
function rightByVote(cell: readonly Graded[]): boolean {
  const winner = majority(cell.map(({ said }) => said));
  return winner !== undefined && cell.some(({ said, right }) => said === winner && right);
}

type Side = Comparison["first"];

/** Every later arm against the first one; with two models, each arm of the second against the same of the first. */
function pairs({ spec: { models, arms } }: ReasoningReport): [Side, Side][] {
  const [baseline, ...others] = arms;
  if (!baseline) return [];
  const within = models.flatMap((model) =>
    others.map((other): [Side, Side] => [
      { model, arm: baseline.id },
      { model, arm: other.id },
    ]),
  );
  const [first, second] = models;
  if (first === undefined || second === undefined) return within;
  return [
    ...within,
    ...arms.map(({ id }): [Side, Side] => [
      { model: first, arm: id },
      { model: second, arm: id },
    ]),
  ];
}

function compared(
  report: ReasoningReport,
  first: Side,
  second: Side,
  firstAnswers: readonly Answer[],
  secondAnswers: readonly Answer[],
): Comparison[] {
  const [a, b] = [cellsOf(report, firstAnswers), cellsOf(report, secondAnswers)];
  const shared = [...a.keys()].filter((question) => b.has(question));
  if (shared.length === 0) return [];
  const share = (cells: Cells, question: string): number => {
    const cell = cells.get(question)!;
    return cell.filter(({ right }) => right).length / cell.length;
  };
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  for (const question of shared) {
    const [one, two] = [a, b].map((cells) => verdictOfCell(cells.get(question)!));
    if (one && two) counts.both++;
    else if (one) counts.onlyFirst++;
    else if (two) counts.onlySecond++;
    else counts.neither++;
  }
  const paired = pairedDifference(shared.map((question) => share(b, question) - share(a, question)));
  // Accuracies lie between 0 and 1, and so their differences between -1 and 1.
  const difference = { ...paired, low: Math.max(-1, paired.low), high: Math.min(1, paired.high) };
  return [{ first, second, difference, counts, p: mcnemarExact(counts), needed: questionsToTell(counts) }];
}

function verdictOfCell(cell: readonly Graded[]): boolean {
  return cell.length === 1 ? cell[0]!.right : rightByVote(cell);
}
