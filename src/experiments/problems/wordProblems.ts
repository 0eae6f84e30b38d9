import { integer, type Problem, pick, pickSome, type Random } from "./problem";
import { goods, holders, names, things } from "./words";
import { largest, type Sign, Work } from "./work";

/**
 * The four families of word problems that the specimen was trained on (training/specimen/problems.py), one to six steps.
 * `small` keeps to numbers a person does in the head. Each returns undefined where the drawn numbers leave the range.
 */
export type ProblemMaker = (random: Random, small: boolean) => Problem | undefined;

/** Prices and totals: 1 step (one kind of thing), 3 or 4 steps (two kinds). */
export const fruitPrices: ProblemMaker = (random, small) => {
  const family = "fruit prices";
  const [most, dearest] = small ? [6, 6] : [9, 12];
  const [n1, n2] = [integer(random, 2, most), integer(random, 2, most)];
  const [p1, p2] = [integer(random, 2, dearest), integer(random, 2, dearest)];
  const [a, b] = pickSome(random, goods, 2);
  const name = pick(random, names);
  const kind = integer(random, 0, 4);
  const first = n1 * p1;
  if (kind === 0) {
    const question = `${name} buys ${n1} ${a}s. Each ${a} costs $${p1}. ${pick(random, ["What is the total cost?", `How much does ${name} pay in all?`])}`;
    const steps = [`${n1} * ${p1} = ${first}.`];
    return { family, key: ["a", 0, n1, p1], question, steps, answer: String(first), expression: `${n1} * ${p1}` };
  }
  const second = n2 * p2;
  const total = first + second;
  if (total > largest) return undefined;
  const start = `${name} buys ${n1} ${a}s and ${n2} ${b}s. `;
  if (kind <= 2) {
    const question =
      start +
      pick(random, [
        `Each ${b} costs $${p2}. The total cost is $${total}. What is the cost of each ${a}?`,
        `The total cost of everything is $${total}. Each ${b} costs $${p2}. How much does each ${a} cost?`,
      ]);
    const steps = [
      `${n2} ${b}s cost ${n2} * ${p2} = ${second}.`,
      `${total} - ${second} = ${first}.`,
      `${first} / ${n1} = ${p1}.`,
    ];
    const expression = `(${total} - ${n2} * ${p2}) / ${n1}`;
    return { family, key: ["a", 1, n1, n2, p1, p2], question, steps, answer: String(p1), expression };
  }
  const steps = [
    `${n1} ${a}s cost ${n1} * ${p1} = ${first}.`,
    `${n2} ${b}s cost ${n2} * ${p2} = ${second}.`,
    `${first} + ${second} = ${total}.`,
  ];
  const sums = `${n1} * ${p1} + ${n2} * ${p2}`;
  const prices = `${start}Each ${a} costs $${p1} and each ${b} costs $${p2}. `;
  if (kind === 3) {
    const question = prices + pick(random, ["What is the total cost?", `How much does ${name} pay in all?`]);
    return { family, key: ["a", 2, n1, n2, p1, p2], question, steps, answer: String(total), expression: sums };
  }
  const paid = (Math.floor(total / 10) + integer(random, 1, 4)) * 10;
  if (paid > largest) return undefined;
  return {
    family,
    key: ["a", 3, n1, n2, p1, p2, paid],
    question: `${prices}${name} pays with $${paid}. How much change is there?`,
    steps: [...steps, `${paid} - ${total} = ${paid - total}.`],
    answer: String(paid - total),
    expression: `${paid} - (${sums})`,
  };
};

/** Things in bags that are given away, lost, found and shared: 1 to 5 steps. */
export const bagsAndGifts: ProblemMaker = (random, small) => {
  const most = small ? 6 : 12;
  const [name, friend, other] = pickSome(random, names, 3);
  const thing = pick(random, things);
  const [n, k] = [integer(random, 2, most), integer(random, 2, most)];
  let changes = integer(random, 0, 3);
  let work: Work;
  if (random() < 0.4) {
    work = new Work("bags and gifts", "b", small ? n * k : integer(random, 5, 99));
    work.text.push(`${name} has ${work.value} ${thing}.`);
    changes = Math.max(1, changes);
  } else {
    work = new Work("bags and gifts", "b", n);
    work.text.push(`${name} buys ${n} ${pick(random, holders)} with ${k} ${thing} in each.`);
    work.apply("*", k);
    if (random() < 0.4) {
      const have = integer(random, 3, small ? 12 : 40);
      work.text.unshift(`${name} has ${have} ${thing}.`);
      work.apply("+", have);
    }
  }
  for (let i = 0; i < changes; i++) {
    const last = i === changes - 1;
    const kind = pick(random, last ? ["give", "give", "lose", "find", "share"] : ["give", "lose", "find"]);
    if (work.value < 6) return undefined;
    if (kind === "share") {
      const parts = [2, 3, 4, 5, 6, 7, 8, 9].filter((d) => work.value % d === 0 && work.value / d <= 20);
      if (parts.length === 0) return undefined;
      const friends = pick(random, parts);
      work.apply("/", friends);
      return work.problem(
        `Then ${name} shares all the ${thing} equally among ${friends} friends. How many ${thing} does each friend get?`,
      );
    }
    const number = integer(random, 2, Math.min(work.value - 2, small ? 12 : 60));
    if (kind === "find") work.text.push(`${name} finds ${number} more.`);
    else if (kind === "give") work.text.push(`${name} gives ${number} to ${pick(random, [friend, other])}.`);
    else work.text.push(`${name} loses ${number}.`);
    work.apply(kind === "find" ? "+" : "-", number);
  }
  return work.problem(
    pick(random, [`How many ${thing} does ${name} have now?`, `How many ${thing} are left with ${name}?`]),
  );
};

/** "has 5 more than", again and again, asked for the last or for all: 1, 2, 3, 4 or 6 steps. */
export const chainsOfComparison: ProblemMaker = (random, small) => {
  const people = pickSome(random, names, pick(random, [2, 2, 3, 3, 4]));
  const thing = pick(random, things);
  const most = small ? 12 : 40;
  const work = new Work("chains of comparison", "c", integer(random, 2, most));
  work.text.push(`${people[0]} has ${work.value} ${thing}.`);
  const values = [work.value];
  const parts = [work.expression];
  for (let i = 1; i < people.length; i++) {
    let kind = pick(random, ["more", "more", "fewer", "twice", "three"]);
    if (kind === "fewer" && work.value < 5) kind = "more";
    const number =
      kind === "twice"
        ? 2
        : kind === "three"
          ? 3
          : integer(random, 2, kind === "fewer" ? Math.min(most, work.value - 2) : most);
    const relation =
      kind === "twice"
        ? `twice as many ${thing} as`
        : kind === "three"
          ? `three times as many ${thing} as`
          : `${number} ${kind} ${thing} than`;
    work.text.push(`${people[i]} has ${relation} ${people[i - 1]}.`);
    work.apply(kind === "more" ? "+" : kind === "fewer" ? "-" : "*", number, `${people[i]} has `);
    values.push(work.value);
    parts.push(work.expression);
  }
  if (Math.max(...values) > 150) return undefined;
  if (random() < 0.4) {
    work.value = values[0]!;
    for (const value of values.slice(1)) work.apply("+", value);
    work.expression = parts.join(" + ");
    work.key.push("all");
    return work.problem(
      pick(random, [`How many ${thing} do they have in all?`, `How many ${thing} do they have together?`]),
    );
  }
  return work.problem(`How many ${thing} does ${people.at(-1)} have?`);
};

/** Start with a number and change it: 1 to 6 steps. */
export const runningCalculation: ProblemMaker = (random, small) => {
  const most = small ? 12 : 60;
  const work = new Work("running calculation", "d", integer(random, 2, most));
  work.text.push(`Start with ${work.value}.`);
  const steps = integer(random, 1, 6);
  for (let i = 0; i < steps; i++) {
    const x = work.value;
    let kind = pick(random, ["add", "add", "subtract", "subtract", "double", "multiply", "halve"]);
    const impossible =
      (kind === "subtract" && x < 5) ||
      (kind === "halve" && (x % 2 !== 0 || x === 0)) ||
      (kind === "double" && x > 100) ||
      (kind === "multiply" && x > 12);
    if (impossible) kind = "add";
    const [sign, number, text] = change(random, kind, x, most);
    work.text.push(text);
    work.apply(sign, number);
  }
  return work.problem(pick(random, ["What is the result?", "What number do you get?"]));
};

function change(random: Random, kind: string, value: number, most: number): [Sign, number, string] {
  if (kind === "double") return ["*", 2, "Double it."];
  if (kind === "halve") return ["/", 2, "Halve it."];
  if (kind === "multiply") {
    const times = integer(random, 3, 9);
    return ["*", times, `Multiply by ${times}.`];
  }
  const number = integer(random, 2, kind === "subtract" ? Math.min(most, value - 2) : most);
  return kind === "add" ? ["+", number, `Add ${number}.`] : ["-", number, `Subtract ${number}.`];
}
