import { drained } from "../drained";
import { holm } from "../statistics/paired";
import type { Rate } from "../statistics/rate";
import { type Cells, type Graded, gradingCells, type Paired, pairing, rating } from "./cells";
import { asked, type Question } from "./question";
import type { Answer, ReasoningReport } from "./report";
import type { ReasoningSpec } from "./spec";

/** An arm of a model within one of the two runs. */
export interface RunSide {
  readonly model: string;
  readonly arm: string;
}

/** The same arm of two runs, on the questions both have answered. */
export interface RunPair extends Paired {
  readonly first: RunSide;
  readonly second: RunSide;
  /** Of the shared questions alone. */
  readonly firstRate: Rate;
  readonly secondRate: Rate;
  /** Sampled tokens an answer, on the shared questions. */
  readonly firstTokens: number;
  readonly secondTokens: number;
}

/** What was not the same in two runs, so that a difference can come from it. */
export type Change =
  | { readonly kind: "model" | "sampler" | "seed" | "samples" | "grader" | "system" | "chat" | "tokenBudget" }
  /** The same id, other weights or another build. */
  | { readonly kind: "build"; readonly model: string }
  | { readonly kind: "wording" | "maxTokens"; readonly arm: string };

export interface RunComparison {
  /** Questions that both runs ask, word for word and with the same reference. */
  readonly shared: number;
  readonly onlyFirst: readonly Question[];
  readonly onlySecond: readonly Question[];
  /** Asked in both, but held against another reference: left out of the figures. */
  readonly otherReference: readonly Question[];
  /** `p` is after Holm's correction over all pairs. */
  readonly pairs: readonly RunPair[];
  /** Arms that only one of the runs has. */
  readonly unpaired: { readonly first: readonly RunSide[]; readonly second: readonly RunSide[] };
  readonly changes: readonly Change[];
}

/** Why two runs cannot be held against each other. The message says what is missing and what to do. */
export class NothingInCommonError extends Error {
  override readonly name = "NothingInCommonError";
}

/**
 * Two runs of the same questions: two models, two prompts, two samplers. Questions are paired by what was asked, choices
 * included, and not by their numbers, which files of different lengths give differently; equal ones are paired by id, then
 * in order. Arms are paired by id, or else by being the only one of their kind; models by id, or else as the only one of
 * each run. Differences are the second run's less the first's, with questions as the unit [Miller 2024, arXiv 2411.00640].
 * Throws NothingInCommonError.
 */
export function compareRuns(first: ReasoningReport, second: ReasoningReport): RunComparison {
  return drained(comparingRuns(first, second));
}

/** As `compareRuns`. Yields now and then, for `inSlices`. */
export function* comparingRuns(first: ReasoningReport, second: ReasoningReport): Generator<void, RunComparison> {
  const matched = yield* matchQuestions(first.spec.questions, second.spec.questions);
  if (matched.pairs.length === 0) throw new NothingInCommonError(noQuestion(matched.otherReference.length));
  const sides = pairSides(first.spec, second.spec);
  if (sides.pairs.length === 0) throw new NothingInCommonError(noSide(first.spec, second.spec));
  const [keysOfFirst, keysOfSecond] = [new Map<string, string>(), new Map<string, string>()];
  matched.pairs.forEach(([a, b], index) => {
    keysOfFirst.set(a.id, String(index));
    keysOfSecond.set(b.id, String(index));
  });
  const answers = [yield* bySide(first, keysOfFirst), yield* bySide(second, keysOfSecond)] as const;
  const found: RunPair[] = [];
  for (const [a, b] of sides.pairs) {
    const keyOf = (keys: Keys) => (answer: Answer) => keys.get(answer.question);
    const mine = yield* gradingCells(first, answers[0].get(keyOfSide(a)) ?? [], keyOf(keysOfFirst));
    const theirs = yield* gradingCells(second, answers[1].get(keyOfSide(b)) ?? [], keyOf(keysOfSecond));
    const pair = yield* pairing(mine, theirs);
    if (pair) found.push({ first: a, second: b, ...pair, ...(yield* sharedFigures(mine, theirs)) });
    yield;
  }
  if (found.length === 0) {
    throw new NothingInCommonError(
      "No question was answered and graded in both runs. Let both runs go on, or give the questions reference answers.",
    );
  }
  const adjusted = holm(found.map(({ p }) => p));
  return {
    shared: matched.pairs.length,
    onlyFirst: matched.onlyFirst,
    onlySecond: matched.onlySecond,
    otherReference: matched.otherReference,
    pairs: found.map((each, index) => ({ ...each, p: adjusted[index]! })),
    unpaired: sides.unpaired,
    changes: changesOf(first, second, sides.pairs),
  };
}

function noQuestion(otherReference: number): string {
  const why =
    otherReference > 0
      ? `${otherReference} are asked in both, but with other reference answers`
      : "they are paired by their words, and none is the same in both";
  return `The two runs have no question in common: ${why}. Compare runs of the same file or of the same generated set.`;
}

function noSide(first: ReasoningSpec, second: ReasoningSpec): string {
  const models = paireds(first.models, second.models, (model) => model).length > 0;
  return models
    ? "The two runs have no arm in common. Compare runs that ask in at least one arm of the same kind."
    : `The two runs have no model in common (${first.models.join(", ")}; ${second.models.join(", ")}), and several to choose from. Compare runs of one model each.`;
}

interface Matched {
  readonly pairs: readonly [Question, Question][];
  readonly onlyFirst: readonly Question[];
  readonly onlySecond: readonly Question[];
  readonly otherReference: readonly Question[];
}

function* matchQuestions(first: readonly Question[], second: readonly Question[]): Generator<void, Matched> {
  const waiting = new Map<string, Question[]>();
  for (const question of second) {
    const key = wordsOf(question);
    waiting.set(key, [...(waiting.get(key) ?? []), question]);
    yield;
  }
  const pairs: [Question, Question][] = [];
  const onlyFirst: Question[] = [];
  const otherReference: Question[] = [];
  for (const question of first) {
    yield;
    const alike = waiting.get(wordsOf(question)) ?? [];
    const found = alike.find(({ id }) => id === question.id) ?? alike[0];
    if (!found) {
      onlyFirst.push(question);
      continue;
    }
    alike.splice(alike.indexOf(found), 1);
    if (found.answer === question.answer) pairs.push([question, found]);
    else otherReference.push(question);
  }
  const left = new Set([...waiting.values()].flat());
  return { pairs, onlyFirst, onlySecond: second.filter((question) => left.has(question)), otherReference };
}

/** Spaces and line ends do not make another question. */
function wordsOf(question: Question): string {
  return asked(question).replace(/\s+/g, " ").trim();
}

type Sides = {
  readonly pairs: readonly [RunSide, RunSide][];
  readonly unpaired: RunComparison["unpaired"];
};

function pairSides(first: ReasoningSpec, second: ReasoningSpec): Sides {
  const models = paireds(first.models, second.models, (model) => model);
  const arms = paireds(
    first.arms.map(({ id }) => id),
    second.arms.map(({ id }) => id),
    (id, from) => (from === "first" ? first : second).arms.find((arm) => arm.id === id)!.kind,
  );
  const pairs = models.flatMap(([a, b]) =>
    arms.map(([x, y]): [RunSide, RunSide] => [
      { model: a, arm: x },
      { model: b, arm: y },
    ]),
  );
  return { pairs, unpaired: { first: without(first, pairs, 0), second: without(second, pairs, 1) } };
}

/** By id; what is left over, where it is the only one left of its kind on both sides. */
function paireds(
  first: readonly string[],
  second: readonly string[],
  kindOf: (id: string, from: "first" | "second") => string,
): [string, string][] {
  const same = first.filter((id) => second.includes(id));
  const [restOfFirst, restOfSecond] = [first, second].map((ids) => ids.filter((id) => !same.includes(id))) as [
    string[],
    string[],
  ];
  const alike = restOfFirst.flatMap((id): [string, string][] => {
    const kind = kindOf(id, "first");
    const others = restOfSecond.filter((other) => kindOf(other, "second") === kind);
    const rivals = restOfFirst.filter((other) => kindOf(other, "first") === kind);
    return others.length === 1 && rivals.length === 1 ? [[id, others[0]!]] : [];
  });
  const onlyOnes = restOfFirst.length === 1 && restOfSecond.length === 1 && first.length === 1 && second.length === 1;
  const lone: [string, string][] = onlyOnes && alike.length === 0 ? [[restOfFirst[0]!, restOfSecond[0]!]] : [];
  return [...same.map((id): [string, string] => [id, id]), ...alike, ...lone];
}

function without(spec: ReasoningSpec, pairs: readonly [RunSide, RunSide][], side: 0 | 1): RunSide[] {
  const all = spec.models.flatMap((model) => spec.arms.map(({ id }): RunSide => ({ model, arm: id })));
  return all.filter(({ model, arm }) => !pairs.some((pair) => pair[side].model === model && pair[side].arm === arm));
}

type Keys = ReadonlyMap<string, string>;

/** The answers of each side to the questions that have a key. */
function* bySide({ answers }: ReasoningReport, keys: Keys): Generator<void, ReadonlyMap<string, Answer[]>> {
  const sides = new Map<string, Answer[]>();
  for (const answer of answers) {
    yield;
    if (!keys.has(answer.question)) continue;
    const key = keyOfSide(answer);
    const side = sides.get(key);
    if (side) side.push(answer);
    else sides.set(key, [answer]);
  }
  return sides;
}

function keyOfSide({ model, arm }: RunSide): string {
  return JSON.stringify([model, arm]);
}

/** Rates and tokens on the questions that both have. */
function* sharedFigures(
  mine: Cells,
  theirs: Cells,
): Generator<void, Pick<RunPair, "firstRate" | "secondRate" | "firstTokens" | "secondTokens">> {
  const shared = (cells: Cells, others: Cells) => [...cells].flatMap(([key, cell]) => (others.has(key) ? [cell] : []));
  const [one, two] = [shared(mine, theirs), shared(theirs, mine)];
  return {
    firstRate: yield* rating(one),
    secondRate: yield* rating(two),
    firstTokens: meanTokens(one),
    secondTokens: meanTokens(two),
  };
}

function meanTokens(cells: readonly (readonly Graded[])[]): number {
  const all = cells.flat();
  return all.reduce((sum, { tokens }) => sum + tokens, 0) / all.length;
}

function changesOf(first: ReasoningReport, second: ReasoningReport, pairs: readonly [RunSide, RunSide][]): Change[] {
  const [a, b] = [first.spec, second.spec];
  const changes: Change[] = [];
  if (pairs.some(([one, two]) => one.model !== two.model)) changes.push({ kind: "model" });
  for (const one of first.models) {
    const two = second.models.find(({ id }) => id === one.id);
    if (two && (two.fingerprint !== one.fingerprint || two.build !== one.build)) {
      changes.push({ kind: "build", model: one.id });
    }
  }
  const arms = new Map(pairs.map(([one, two]) => [one.arm, two.arm]));
  for (const [one, two] of arms) {
    const [x, y] = [a.arms.find(({ id }) => id === one)!, b.arms.find(({ id }) => id === two)!];
    const wording = ({ chat, document, documentStops, templateValues }: typeof x) =>
      JSON.stringify([a.chat ? chat : null, document, documentStops, templateValues ?? {}]);
    if (wording(x) !== wording(y)) changes.push({ kind: "wording", arm: one });
    if (x.maxTokens !== y.maxTokens) changes.push({ kind: "maxTokens", arm: one });
  }
  for (const kind of ["sampler", "seed", "samples", "grader", "system", "chat", "tokenBudget"] as const) {
    if (JSON.stringify(a[kind]) !== JSON.stringify(b[kind])) changes.push({ kind });
  }
  return changes;
}
