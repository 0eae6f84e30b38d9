import { type Judgement, meansTheSame } from "./relation";

/** Two answers to a question whose relation nobody doubts. */
export interface KnownPair {
  readonly question: string;
  readonly first: string;
  readonly second: string;
  readonly same: boolean;
}

const facts: readonly (readonly [question: string, answer: string, reworded: string, other: string])[] = [
  [
    "What is the capital of France?",
    "The capital of France is Paris.",
    "It is Paris.",
    "The capital of France is Rome.",
  ],
  ["What is the capital of Japan?", "The capital of Japan is Tokyo.", "Tokyo.", "The capital of Japan is Cairo."],
  ["What is 7 + 5?", "7 + 5 = 12.", "The sum is 12.", "7 + 5 = 14."],
  [
    "What is the chemical symbol of gold?",
    "The symbol of gold is Au.",
    "Gold is written Au.",
    "The symbol of gold is Fe.",
  ],
  [
    "Who was Jane Austen?",
    "Jane Austen was an English novelist.",
    "She wrote novels in English.",
    "Jane Austen was a German chemist.",
  ],
  [
    "Who was Isaac Newton?",
    "Isaac Newton was an English physicist.",
    "He was a physicist from England.",
    "Isaac Newton was an Italian painter.",
  ],
  ["When did the war end?", "The war ended in 1945.", "It ended in 1945.", "The war ended in 1918."],
  ["Where was she born?", "She was born in Vienna.", "Her birthplace is Vienna.", "She was born in Madrid."],
];

/** What a judge is tried on before it is believed: for each fact the same said otherwise, and something else. */
export const knownPairs: readonly KnownPair[] = facts.flatMap(([question, first, reworded, other]) => [
  { question, first, second: reworded, same: true },
  { question, first, second: other, same: false },
]);

/** How a judge did on the known pairs. */
export interface JudgeQuality {
  readonly pairs: number;
  readonly right: number;
  /** Mean of its rates on same and on different pairs: 0.5 for a coin or for one who always says the same. */
  readonly balanced: number;
  /** Replies that were none of the three words. */
  readonly unclear: number;
  /** Whether its judgements are used: its balanced accuracy is at least `enough`. */
  readonly usable: boolean;
}

/** The same bar as for the controls: below it a score, or a judge, hardly tells things apart. */
const enough = 0.7;

/** Quality of a judge by its replies to the known pairs; undefined before all were asked. */
export function judgeQuality(replies: ReadonlyMap<number, Judgement>): JudgeQuality | undefined {
  if (knownPairs.some((_, pair) => !replies.has(pair))) return undefined;
  const marks = knownPairs.map(({ same }, pair) => ({ same, right: meansTheSame(replies.get(pair)!) === same }));
  const rate = (same: boolean): number => {
    const some = marks.filter((each) => each.same === same);
    return some.filter(({ right }) => right).length / some.length;
  };
  const balanced = (rate(true) + rate(false)) / 2;
  const unclear = [...replies.values()].flatMap(({ forward, backward }) => [forward, backward]);
  return {
    pairs: marks.length,
    right: marks.filter(({ right }) => right).length,
    balanced,
    unclear: unclear.filter((relation) => relation === "unclear").length,
    usable: balanced >= enough,
  };
}
