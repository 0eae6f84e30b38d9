import { integer, type Problem, pick, type Random } from "./problem";
import { words } from "./words";

/** How often a letter is in a word; half of the time the word's most frequent letter. Steps spell the word out. */
export function lettersInAWord(random: Random): Problem {
  const word = pick(random, words);
  const letters = [...word];
  const often = letters.toSorted((a, b) => countOf(letters, b) - countOf(letters, a))[0]!;
  const kind = random();
  const letter = kind < 0.5 ? often : kind < 0.8 ? pick(random, letters) : pick(random, [..."abcdefghilmnoprstuwy"]);
  let count = 0;
  const steps = letters.map((each) => (each === letter ? `${each} ${++count}` : each));
  const question = pick(random, [
    `How many ${letter} are in ${word}?`,
    `How many times does the letter ${letter} appear in ${word}?`,
    `How many ${letter}'s are in ${word}?`,
  ]);
  return { family: "letters in a word", key: [word], question, steps, answer: String(count) };
}

function countOf(letters: readonly string[], letter: string): number {
  return letters.filter((each) => each === letter).length;
}

/** How many dots stand in a row, 1 to `most`. */
export function dots(random: Random, most = 60): Problem {
  const count = integer(random, 1, most);
  const question = `How many dots are here? ${"•".repeat(count)}`;
  const steps = Array.from({ length: count }, (_, index) => `• ${index + 1}`);
  return { family: "dots", key: [count], question, steps, answer: String(count) };
}

/** Two numbers with a point, such as 9.9 and 9.11, compared as numbers or as sections of a text. */
export function decimalComparison(random: Random): Problem {
  for (;;) {
    const whole = integer(random, 1, 20);
    const tail = (): string =>
      random() < 0.5 ? `${integer(random, 1, 9)}` : `${integer(random, 1, 9)}${integer(random, 1, 9)}`;
    const [left, right] = [`${whole}.${tail()}`, `${random() < 0.8 ? whole : whole + integer(random, 1, 5)}.${tail()}`];
    if (Number(left) === Number(right)) continue;
    const key = [left, right];
    const shown: readonly [string, string] = random() < 0.5 ? [left, right] : [right, left];
    return {
      family: "decimal comparison",
      key,
      ...(random() < 0.5 ? asNumbers(random, shown) : asSections(random, shown)),
    };
  }
}

type Asked = Pick<Problem, "question" | "steps" | "answer">;

/** Two numbers with a point, as shown, and which of them is asked for. */
interface Compared {
  readonly shown: readonly [string, string];
  readonly leftIsMore: boolean;
  readonly wantsMore: boolean;
  /** What is said of the two parts after the points. */
  readonly after: (ends: readonly string[]) => string;
  readonly verdict: string;
}

/** What stands before the points and, where that is equal, after them; which is more; and so which is asked for. */
function solved({ shown, leftIsMore, wantsMore, after, verdict }: Compared): Pick<Asked, "steps" | "answer"> {
  const [wholes, ends] = [0, 1].map((part) => shown.map((number) => number.split(".")[part]!));
  const left = leftIsMore === wantsMore;
  const steps = [
    `Before the point: ${wholes!.join(" and ")}.`,
    ...(wholes![0] === wholes![1] ? [`After it: ${after(ends!)}.`] : []),
    `The ${leftIsMore ? "left" : "right"} has more.`,
    `The ${left ? "left" : "right"} one ${verdict}.`,
  ];
  return { steps, answer: shown[left ? 0 : 1] };
}

function asNumbers(random: Random, shown: readonly [string, string]): Asked {
  const [left, right] = shown;
  const word = pick(random, ["larger", "smaller"]);
  const question = pick(random, [
    `Which number is ${word}, ${left} or ${right}?`,
    `Which is ${word}, ${left} or ${right}?`,
  ]);
  const after = (ends: readonly string[]): string => {
    const longest = Math.max(...ends.map((end) => end.length));
    return `${ends.map((end) => end.padEnd(longest, "0")).join(" and ")} ${longest === 2 ? "hundredths" : "tenths"}`;
  };
  const leftIsMore = Number(left) > Number(right);
  return { question, ...solved({ shown, leftIsMore, wantsMore: word === "larger", after, verdict: `is ${word}` }) };
}

function asSections(random: Random, shown: readonly [string, string]): Asked {
  const [left, right] = shown;
  const word = pick(random, ["first", "last"]);
  const [a = 0, b = 0] = left.split(".").map(Number);
  const [c = 0, d = 0] = right.split(".").map(Number);
  const after = (ends: readonly string[]): string => `${ends.join(" and ")} as whole numbers`;
  const leftIsMore = a > c || (a === c && b > d);
  return {
    question: `Which section comes ${word}, section ${left} or section ${right}?`,
    ...solved({ shown, leftIsMore, wantsMore: word === "last", after, verdict: `comes ${word}` }),
  };
}

/** The sum of two numbers of `digits` digits; steps go column by column from the right, as on paper. */
export function longSum(random: Random, digits: number): Problem {
  const number = (): number[] =>
    Array.from({ length: digits }, (_, place) => integer(random, place === digits - 1 ? 1 : 0, 9));
  const [left, right] = [number(), number()];
  const steps: string[] = [];
  const sum: number[] = [];
  let carry = 0;
  for (let place = 0; place < digits; place++) {
    const value = left[place]! + right[place]! + carry;
    steps.push(`${left[place]} + ${right[place]}${carry ? " + 1" : ""} = ${value}.`);
    sum.push(value % 10);
    carry = value >= 10 ? 1 : 0;
  }
  if (carry) sum.push(1);
  const [a, b, answer] = [left, right, sum].map((figures) => figures.toReversed().join(""));
  return {
    family: "long sums",
    key: [a!, b!],
    question: `What is ${a} + ${b}?`,
    steps,
    answer: answer!,
    expression: `${a} + ${b}`,
  };
}
