/** How a probe's figures are said, the same in panel, report and terminal. Pure. */
import { count, percent } from "../reasoning/words";
import type { ScoreName } from "./controls";
import type { EntityKind } from "./names";
import { kindOfQuestion } from "./questions";
import type { Interval } from "./scores";
import type { Item } from "./spec";

export const scoreWords: Readonly<Record<ScoreName, string>> = {
  semanticEntropy: "semantic entropy",
  naiveEntropy: "naive entropy",
  greedySurprisal: "log-likelihood of the greedy answer",
  truth: "P(True)",
  refusals: "refusals",
};

/** "2.45 bits", "1.08 nats a token", "31 %". */
export function scoreValue(name: ScoreName, value: number): string {
  switch (name) {
    case "semanticEntropy":
      return `${value.toFixed(2)} bits`;
    case "naiveEntropy":
    case "greedySurprisal":
      return `${value.toFixed(2)} nats a token`;
    case "truth":
    case "refusals":
      return percent(value);
  }
}

/** As `scoreValue`, short and without its unit: beside others of the same score. */
export function scoreNumber(name: ScoreName, value: number): string {
  return name === "truth" || name === "refusals" ? percent(value) : value.toFixed(1);
}

/** "[1.9, 3.0]" */
export function intervalWords({ low, high }: Interval, digits = 1): string {
  return `[${low.toFixed(digits)}, ${high.toFixed(digits)}]`;
}

const small = "no one two three four five six seven eight nine ten".split(" ");

/** "five", "12": numbers within a sentence. */
export function numberWord(value: number): string {
  return small[value] ?? count(value);
}

/** "once", "twice", "five times". */
export function times(value: number): string {
  if (value === 1) return "once";
  return value === 2 ? "twice" : `${numberWord(value)} times`;
}

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Several of a kind. */
export const kindNames: Readonly<Record<EntityKind, string>> = {
  person: "people",
  place: "places",
  element: "elements",
};

/** "people", "places", "elements": what a question's controls are. */
export function kindWords({ text }: Pick<Item, "text">): string {
  return kindNames[kindOfQuestion(text)];
}
