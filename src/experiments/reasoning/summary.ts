import { drained } from "../drained";
import { holm } from "../statistics/paired";
import { clusteredRate, type Rate } from "../statistics/rate";
import { tokenCount } from "../tokenCount";
import { type Cells, type Graded, gradingCells, type Paired, pairing, rating } from "./cells";
import { type Answer, type ReasoningReport, verdictOf } from "./report";
import { chanceOfRightVote, votingPattern } from "./voting";

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
  /** Of these, tokens of thoughts (`<think>`). */
  readonly thoughtTokens: number;
  readonly truncated: number;
  readonly unparsed: number;
  readonly refused: number;
  /** By the question's number of steps, ascending; empty where no question says its own. */
  readonly bySteps: readonly { readonly steps: number; readonly accuracy: Rate }[];
  /** Accuracy of the majority vote of 1 to n answers [Wang 2022, arXiv 2203.11171]; empty with one answer a question. */
  readonly votes: readonly { readonly answers: number; readonly accuracy: Rate }[];
}

/** Two arms, or the same arm of two models, on the questions that both answered. `p` is after Holm's correction over all. */
export interface Comparison extends Paired {
  readonly first: { readonly model: string; readonly arm: string };
  readonly second: { readonly model: string; readonly arm: string };
}

export interface ReasoningSummary {
  readonly arms: readonly ArmSummary[];
  readonly comparisons: readonly Comparison[];
}

/** Figures of the run so far: a pure function of the report. */
export function summarise(report: ReasoningReport): ReasoningSummary {
  return drained(summarising(report));
}

/** As `summarise`. Yields now and then, for `inSlices`. */
export function* summarising(report: ReasoningReport): Generator<void, ReasoningSummary> {
  const groups = yield* grouped(report);
  const arms: ArmSummary[] = [];
  const cells = new Map<string, Cells>();
  for (const [key, group] of groups) {
    cells.set(key, yield* gradingCells(report, group.answers));
    arms.push(yield* armSummary(report, group, cells.get(key)!));
  }
  const comparisons: Comparison[] = [];
  for (const [first, second] of pairs(report)) {
    const [a, b] = [cells.get(groupKey(first)), cells.get(groupKey(second))];
    const found = a && b && (yield* pairing(a, b));
    if (found) comparisons.push({ first, second, ...found });
    yield;
  }
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

/** Answers looked at between two chances to pause. */
const pauseAnswers = 1000;

function* grouped(report: ReasoningReport): Generator<void, Map<string, Group>> {
  const groups = new Map<string, Group>();
  for (const model of report.spec.models) {
    for (const { id } of report.spec.arms) groups.set(groupKey({ model, arm: id }), { model, arm: id, answers: [] });
  }
  let seen = 0;
  for (const answer of report.answers) {
    groups.get(groupKey(answer))?.answers.push(answer);
    if (++seen % pauseAnswers === 0) yield;
  }
  return groups;
}

function* armSummary(
  report: ReasoningReport,
  { model, arm, answers }: Group,
  cells: Cells,
): Generator<void, ArmSummary> {
  const sums = { tokens: 0, thoughtTokens: 0, truncated: 0, unparsed: 0, refused: 0 };
  for (const answer of answers) {
    yield;
    const verdict = verdictOf(report, answer);
    sums.tokens += tokenCount(answer);
    sums.thoughtTokens += answer.thoughtTokens;
    if (answer.truncated) sums.truncated++;
    if (verdict === "unparsed" || verdict === "refused") sums[verdict]++;
  }
  const accuracy = yield* rating(cells.values());
  return {
    model,
    arm,
    accuracy,
    questions: cells.size,
    answers: answers.length,
    ...sums,
    rightPerThousandTokens: (accuracy.successes / sums.tokens) * 1000,
    bySteps: yield* bySteps(report, cells),
    votes: yield* votes(cells),
  };
}

function* bySteps({ spec }: ReasoningReport, cells: Cells): Generator<void, ArmSummary["bySteps"]> {
  const groups = new Map<number, (readonly Graded[])[]>();
  for (const { id, steps } of spec.questions) {
    yield;
    const cell = cells.get(id);
    if (steps === undefined || !cell) continue;
    const group = groups.get(steps);
    if (group) group.push(cell);
    else groups.set(steps, [cell]);
  }
  const rates: { steps: number; accuracy: Rate }[] = [];
  for (const [steps, group] of [...groups].sort(([a], [b]) => a - b)) {
    rates.push({ steps, accuracy: yield* rating(group) });
  }
  return rates;
}

/** How often the majority of k answers is right, k = 1 to n. The interval is over questions, the unit. */
function* votes(cells: Cells): Generator<void, ArmSummary["votes"]> {
  const most = Math.max(0, ...[...cells.values()].map((cell) => cell.length));
  if (most < 2) return [];
  const whole = [...cells.values()].filter((cell) => cell.length === most);
  const patterns: string[] = [];
  for (const cell of whole) {
    patterns.push(votingPattern(cell));
    yield;
  }
  const curve: { answers: number; accuracy: Rate }[] = [];
  for (let answers = 1; answers <= most; answers++) {
    // Most questions share their pattern with others.
    const chances = new Map<string, number>();
    const shares = [];
    for (const [place, cell] of whole.entries()) {
      const pattern = patterns[place]!;
      const known = chances.get(pattern);
      const chance = known ?? chanceOfRightVote(cell, answers);
      if (known === undefined) {
        chances.set(pattern, chance);
        yield;
      }
      shares.push({ successes: chance, trials: 1 });
    }
    yield;
    curve.push({ answers, accuracy: clusteredRate(shares) });
    yield;
  }
  return curve;
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
