import { isRefusal } from "../graders/refusal";
import { meansTheSame } from "../judging/relation";
import { normalAnswer } from "../judging/words";
import { type Rate, wilson } from "../statistics/rate";
import { tokenCount } from "../tokenCount";
import { agreesByWords } from "./agreement";
import { type Clustering, cluster, corrected, type PairCorrection } from "./clusters";
import { type CellRecord, type HallucinationReport, judgeOf, pairKey } from "./report";
import { meanSurprisal, naiveEntropy, semanticEntropy, type TruthProbability, truthProbability } from "./scores";
import { type AnswerEvent, greedyAnswer } from "./spec";

/** An answer, read. */
export interface ReadAnswer {
  readonly event: AnswerEvent;
  /** It says that it does not know: by the patterns of `graders/refusal.ts`, or a person's mark. */
  readonly refused: boolean;
  /** Whether it agrees with the reference; undefined without one, or where nobody could say. A refusal never agrees. */
  readonly right: boolean | undefined;
}

export interface MeaningCluster {
  /** Numbers of its answers, ascending. */
  readonly answers: readonly number[];
  readonly example: string;
  readonly refused: boolean;
}

/** Figures of an item in a book; undefined where there is nothing to compute them from. */
export interface Scores {
  /** Bits. */
  readonly semanticEntropy: number | undefined;
  /** Nats a token. */
  readonly naiveEntropy: number | undefined;
  /** Mean negative log-probability of the greedy answer, nats a token. */
  readonly greedySurprisal: number | undefined;
  readonly truth: TruthProbability | undefined;
  readonly refusals: Rate;
  /** Sampled answers that agree with the reference, of those that could be held against it. */
  readonly agreement: Rate;
  /** Mean tokens of a sampled answer. */
  readonly tokens: number;
}

/** An item in a book, read: a pure function of its record. */
export interface Reading {
  readonly cell: CellRecord;
  /** In the order of their numbers. */
  readonly answers: readonly ReadAnswer[];
  readonly greedy: ReadAnswer | undefined;
  /** Cluster of each answer, in the order of `answers`. */
  readonly ids: readonly number[];
  /** Largest first. */
  readonly clusters: readonly MeaningCluster[];
  /** Pairs by how they came to be judged. */
  readonly pairs: { readonly byWords: number; readonly byJudge: number; readonly byHand: number };
  /** A pair, by answers' numbers, that is still to be judged; it counts as different until then. */
  readonly missing: Clustering["missing"];
  readonly scores: Scores;
}

export function readCell(cell: CellRecord): Reading {
  const sampled = [...cell.answers.values()]
    .filter(({ sample }) => sample !== greedyAnswer)
    .sort((a, b) => a.sample - b.sample);
  const answers = sampled.map((event) => readAnswer(cell, event));
  const greedyEvent = cell.answers.get(greedyAnswer);
  const { ids, missing } = meanings(cell, answers);
  const held = answers.filter(({ right }) => right !== undefined);
  return {
    cell,
    answers,
    greedy: greedyEvent && readAnswer(cell, greedyEvent),
    ids,
    clusters: clustersOf(answers, ids),
    pairs: pairsOf(cell, answers),
    missing,
    scores: {
      semanticEntropy: answers.length > 0 ? semanticEntropy(ids) : undefined,
      naiveEntropy: naiveEntropy(sampled),
      greedySurprisal: greedyEvent && meanSurprisal(greedyEvent),
      truth: cell.truth && truthProbability(cell.truth),
      refusals: wilson(answers.filter(({ refused }) => refused).length, answers.length),
      agreement: wilson(held.filter(({ right }) => right).length, held.length),
      tokens: sampled.reduce((sum, answer) => sum + tokenCount(answer), 0) / sampled.length,
    },
  };
}

/**
 * Says of readings of a report whether all is there that a verdict stands on: every answer and, with a judge that is
 * believed, every pair judged. One answer of ten agrees with itself, and pairs not yet judged count as different.
 */
export function wholeIn(report: HallucinationReport): (reading: Reading) => boolean {
  const judged = judgeOf(report)?.usable === true;
  return ({ cell, missing }) => cell.answers.size > report.spec.samples && !(judged && missing);
}

function readAnswer(cell: CellRecord, event: AnswerEvent): ReadAnswer {
  const refused = cell.refusalMarks.get(event.sample) ?? isRefusal(event.text);
  const held = cell.held.get(event.sample);
  const words = agreesByWords(event.text, cell.of);
  const found = words !== true && held ? meansTheSame(held) : words;
  const right = cell.of.reference === undefined && !cell.of.accept ? undefined : refused ? false : found;
  return { event, refused, right: cell.rightMarks.get(event.sample) ?? right };
}

/** The clusters of the answers: refusals together, then by words, then by the judge, then by hand. */
function meanings(cell: CellRecord, answers: readonly ReadAnswer[]): Clustering {
  const words = answers.map(({ event }) => normalAnswer(event.text));
  const numbers = answers.map(({ event }) => event.sample);
  const sameWords = (first: number, second: number): boolean => words[first] === words[second];
  const judgement = judgementsOf(cell, words, numbers);
  const found = cluster(answers.length, (first, second) => {
    const [a, b] = [answers[first]!, answers[second]!];
    if (a.refused || b.refused) return a.refused && b.refused;
    if (sameWords(first, second)) return true;
    // Marks by hand come after, in their order; here one only spares the judge a question.
    const byHand = cell.pairMarks.get(pairKey(numbers[first]!, numbers[second]!));
    return judgement(first, second) ?? byHand?.same;
  });
  const marks = [...cell.pairMarks.values()].flatMap((mark): PairCorrection[] => {
    const [first, second] = [numbers.indexOf(mark.first), numbers.indexOf(mark.second)];
    return first >= 0 && second >= 0 ? [{ first, second, same: mark.same }] : [];
  });
  const missing = found.missing?.map((index) => numbers[index]!);
  return {
    ids: corrected(found.ids, marks, sameWords),
    missing: missing && [missing[0]!, missing[1]!],
  };
}

/** What the judge said of two answers, or of two others with the very same words; asked first by their own numbers. */
function judgementsOf(
  { judged }: CellRecord,
  words: readonly string[],
  numbers: readonly number[],
): (first: number, second: number) => boolean | undefined {
  const places = new Map(numbers.map((number, index) => [number, index]));
  const wordsKey = (first: number, second: number): string => JSON.stringify([words[first]!, words[second]!].sort());
  const byWords = new Map<string, boolean>();
  for (const [key, judgement] of judged) {
    const [first, second] = key.split(" ").map((number) => places.get(Number(number)));
    if (first === undefined || second === undefined) continue;
    const pair = wordsKey(first, second);
    if (!byWords.has(pair)) byWords.set(pair, meansTheSame(judgement));
  }
  return (first, second) => {
    const own = judged.get(pairKey(numbers[first]!, numbers[second]!));
    return own ? meansTheSame(own) : byWords.get(wordsKey(first, second));
  };
}

function clustersOf(answers: readonly ReadAnswer[], ids: readonly number[]): MeaningCluster[] {
  const groups = new Map<number, ReadAnswer[]>();
  for (const [index, answer] of answers.entries()) {
    const id = ids[index]!;
    groups.set(id, [...(groups.get(id) ?? []), answer]);
  }
  return [...groups.values()]
    .map((group) => ({
      answers: group.map(({ event }) => event.sample),
      example: group[0]!.event.text.trim(),
      refused: group.every(({ refused }) => refused),
    }))
    .sort((a, b) => b.answers.length - a.answers.length || a.answers[0]! - b.answers[0]!);
}

function pairsOf(cell: CellRecord, answers: readonly ReadAnswer[]): Reading["pairs"] {
  const words = answers.map(({ event }) => normalAnswer(event.text));
  const byWords = words.filter((each, index) => words.indexOf(each) < index).length;
  return { byWords, byJudge: cell.judged.size, byHand: cell.pairMarks.size };
}
