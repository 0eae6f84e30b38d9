import { type ReadySuiteId, readySuiteIds } from "./ready";
import type { Check } from "./suite";

interface Named {
  readonly name: string;
  /** Where the edge comes from, in a sentence or two: usually the tokens. */
  readonly why: string;
}

const ready: Readonly<Record<ReadySuiteId, Named>> = {
  letters: {
    name: "Letters in a word",
    why: "A word comes as one or a few tokens, not as letters: how each token is spelled has to be known by heart. Spelled out, every letter is in plain sight before it is counted.",
  },
  everyThird: {
    name: "Every third letter",
    why: "The letters stand inside tokens that do not show them, and have to be counted on the way.",
  },
  dots: {
    name: "Counting dots",
    why: "A row of dots comes in tokens of several dots each, and an answer at once has to count them all in one pass. One by one, each step only adds one.",
  },
  decimals: {
    name: "9.11 and 9.9",
    why: "What stands after the point comes in tokens of its own, and 11 is more than 9: right for sections of a text, wrong for numbers.",
  },
  sums: {
    name: "Sums of many digits",
    why: "A carry goes from right to left, and an answer is written from left to right: its first digit has to be right before the last ones were added. Where digits share tokens, columns do not even line up.",
  },
  reversal: {
    name: "A fact the other way round",
    why: "What was read as “A is B” is not thereby known as “B is A”: the tokens of B never stood before those of A.",
  },
  pattern: {
    name: "A pattern from examples",
    why: "No rule is told: it has to be seen in the examples, and more of them show it better.",
  },
  rawAndChat: {
    name: "Document or chat",
    why: "The same question with other tokens around it. A chat template’s own tokens say that an answer is wanted; a raw document is only gone on with.",
  },
  recital: {
    name: "Reciting a text",
    why: "A text that was read often comes back token by token. Begun in its midst, there is less to tell where one is.",
  },
  whoAreYou: {
    name: "Who are you?",
    why: "There is nobody to look at: it says what its training or its system message says. Without one there is no right answer, only something to read.",
  },
};

/** A suite's name: a ready one's in words, or its file's. */
export function suiteName({ id, name }: { readonly id: string; readonly name: string }): string {
  return isReady(id) ? ready[id].name : name;
}

/** Where the edge of a ready suite comes from; undefined for a person's own. */
export function suiteWhy(id: string): string | undefined {
  return isReady(id) ? ready[id].why : undefined;
}

/** "Letters in a word (at once)": a suite asked one way. */
export function wayName(suite: { readonly id: string; readonly name: string }, variant: string): string {
  return variant === "" ? suiteName(suite) : `${suiteName(suite)} (${variant})`;
}

function isReady(id: string): id is ReadySuiteId {
  return (readySuiteIds as readonly string[]).includes(id);
}

/** How answers are held against the reference, in words. */
export const checkWords: Readonly<Record<Check, string>> = {
  number: "the number it answers with",
  firstNumber: "the first number it answers with",
  text: "the whole answer, or what stands after “Answer:”",
  says: "the reference’s words stand in it",
  letters: "its letters and digits alone",
  exact: "its first line, letter by letter",
  recites: "it begins with the reference",
  matches: "the expression is found in it",
};
