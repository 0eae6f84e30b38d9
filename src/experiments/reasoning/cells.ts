import { majority } from "../statistics/majority";
import {
  type Difference,
  mcnemarExact,
  type PairedCounts,
  pairedDifference,
  questionsToTell,
} from "../statistics/paired";
import { clusteredRate, type Rate } from "../statistics/rate";
import { tokenCount } from "../tokenCount";
import { type Answer, type ReasoningReport, verdictOf, voteOf } from "./report";

/** What an answer votes for, and whether that is right. */
export interface Vote {
  readonly right: boolean;
  /** Undefined where nothing was found: it has no vote. */
  readonly said: string | undefined;
}

/** What counts of one answer. */
export interface Graded extends Vote {
  /** Sampled. */
  readonly tokens: number;
}

/** An arm's graded answers to each question, in the order the questions were answered. */
export type Cells = ReadonlyMap<string, readonly Graded[]>;

type KeyOf = (answer: Answer) => string | undefined;

/**
 * An arm's answers by question; `keyOf` names the question of an answer, by default its id. Answers without a reference are
 * left out. Yields now and then, for `inSlices`.
 */
export function* gradingCells(
  report: ReasoningReport,
  answers: Iterable<Answer>,
  keyOf: KeyOf = ({ question }) => question,
): Generator<void, Cells> {
  const cells = new Map<string, Graded[]>();
  for (const answer of answers) {
    yield;
    const verdict = verdictOf(report, answer);
    const key = keyOf(answer);
    if (verdict === undefined || key === undefined) continue;
    const graded = { right: verdict === "right", said: voteOf(report, answer), tokens: tokenCount(answer) };
    const cell = cells.get(key);
    if (cell) cell.push(graded);
    else cells.set(key, [graded]);
  }
  return cells;
}

/** The share of right answers, with questions as the unit. Yields now and then, for `inSlices`. */
export function* rating(cells: Iterable<readonly Graded[]>): Generator<void, Rate> {
  const counts: { successes: number; trials: number }[] = [];
  for (const cell of cells) {
    yield;
    counts.push({ successes: cell.filter(({ right }) => right).length, trials: cell.length });
  }
  return clusteredRate(counts);
}

/** Whether what most say is right. Answers that say the same share a verdict, so the winner's is that of any who gave it. */
export function rightByVote(cell: readonly Vote[]): boolean {
  const winner = majority(cell.map(({ said }) => said));
  return winner !== undefined && cell.some(({ said, right }) => said === winner && right);
}

/** Two arms on the questions that both have answered. */
export interface Paired {
  /** Accuracies on these questions alone, each the mean of its questions' shares. */
  readonly shared: { readonly first: number; readonly second: number };
  /** Accuracy of the second less that of the first, question by question; within -1 and 1. */
  readonly difference: Difference;
  /** With one verdict for each question: its only answer's, or the majority vote's. */
  readonly counts: PairedCounts;
  /** Of McNemar's exact test, not corrected for other comparisons. */
  readonly p: number;
  /** Questions in all that would show this difference with 80 % power; infinite where there is none. */
  readonly needed: number;
}

/** Undefined where no question is in both. Yields now and then, for `inSlices`. */
export function* pairing(first: Cells, second: Cells): Generator<void, Paired | undefined> {
  const shared = [...first.keys()].filter((question) => second.has(question));
  if (shared.length === 0) return undefined;
  const counts = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
  const differences: number[] = [];
  let [firstShares, secondShares] = [0, 0];
  for (const question of shared) {
    yield;
    const [before, after] = [first.get(question)!, second.get(question)!];
    const [firstShare, secondShare] = [shareOf(before), shareOf(after)];
    firstShares += firstShare;
    secondShares += secondShare;
    differences.push(secondShare - firstShare);
    const [one, two] = [verdictOfCell(before), verdictOfCell(after)];
    if (one && two) counts.both++;
    else if (one) counts.onlyFirst++;
    else if (two) counts.onlySecond++;
    else counts.neither++;
  }
  yield;
  const { low, high, ...rest } = pairedDifference(differences);
  // Accuracies lie between 0 and 1, and so their differences between -1 and 1.
  const difference = { ...rest, low: Math.max(-1, low), high: Math.min(1, high) };
  return {
    shared: { first: firstShares / shared.length, second: secondShares / shared.length },
    difference,
    counts,
    p: mcnemarExact(counts),
    needed: questionsToTell(counts),
  };
}

function shareOf(cell: readonly Graded[]): number {
  return cell.filter(({ right }) => right).length / cell.length;
}

function verdictOfCell(cell: readonly Graded[]): boolean {
  return cell.length === 1 ? cell[0]!.right : rightByVote(cell);
}
