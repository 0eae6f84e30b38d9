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
    const shown = random() < 0.5 ? [left, right] : [right, left];
    return {
      family: "decimal comparison",
      key,
      ...(random() < 0.5 ? asNumbers(random, shown) : asSections(random, shown)),
    };
  }
}

type Asked = Pick<Problem, "question" | "steps" | "answer">;

function asNumbers(random: Random, [first = "", second = ""]: readonly string[]): Asked {
  const longest = Math.max(...[first, second].map((number) => number.split(".")[1]!.length));
  const padded = [first, second].map(
    (number) => `${number.split(".")[0]}.${number.split(".")[1]!.padEnd(longest, "0")}`,
  );
  const word = pick(random, ["larger", "smaller"]);
  const answer = Number(first) > Number(second) === (word === "larger") ? first : second;
  const question = pick(random, [
    `Which number is ${word}, ${first} or ${second}?`,
    `Which is ${word}, ${first} or ${second}?`,
  ]);
  return {
    question,
    steps: [`${first} = ${padded[0]} and ${second} = ${padded[1]}.`, `${answer} is ${word}.`],
    answer,
  };
}

function asSections(random: Random, [first = "", second = ""]: readonly string[]): Asked {
  const word = pick(random, ["first", "last"]);
  const [a = 0, b = 0] = first.split(".").map(Number);
  const [c = 0, d = 0] = second.split(".").map(Number);
  const order = a < c || (a === c && b < d) ? [first, second] : [second, first];
  const [low, high] = a === c ? [Math.min(b, d), Math.max(b, d)] : [Math.min(a, c), Math.max(a, c)];
  const reason =
    a === c
      ? `After the point, ${low} is less than ${high} as whole numbers.`
      : `Before the point, ${low} is less than ${high}.`;
  return {
    question: `Which section comes ${word}, section ${first} or section ${second}?`,
    steps: [reason, `Section ${order[0]} comes before section ${order[1]}.`],
    answer: (word === "first" ? order[0] : order[1])!,
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
