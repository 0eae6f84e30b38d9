import { derivedSeed, seededRandom } from "../../inference/random";
import { drained } from "../drained";
import { wellKnownPlaces } from "../hallucination/wellKnown";
import { generatingProblems } from "../problems/generate";
import { pick, pickSome } from "../problems/problem";
import { words } from "../problems/words";
import type { Suite, SuiteItem } from "./suite";

export const readySuiteIds = [
  "letters",
  "everyThird",
  "dots",
  "decimals",
  "sums",
  "reversal",
  "pattern",
  "rawAndChat",
  "recital",
  "whoAreYou",
] as const;
export type ReadySuiteId = (typeof readySuiteIds)[number];

/** The ready suites, about `size` items in each variant, drawn with the seed. Small enough to read through. */
export function readySuites(seed: number, size = 20): Suite[] {
  return drained(makingReadySuites(seed, size));
}

/** The same, with pauses. */
export function* makingReadySuites(seed: number, size: number): Generator<void, Suite[]> {
  const make: Readonly<
    Record<ReadySuiteId, (seed: number, size: number) => SuiteItem[] | Generator<void, SuiteItem[]>>
  > = { letters, everyThird, dots: dotsInARow, decimals, sums, reversal, pattern, rawAndChat, recital, whoAreYou };
  const suites: Suite[] = [];
  for (const [index, id] of readySuiteIds.entries()) {
    const made = make[id](derivedSeed(seed, index), size);
    suites.push({ id, name: id, items: Array.isArray(made) ? made : yield* made });
    yield;
  }
  return suites;
}

const atOnce = "Answer with just the number.";
const documentStops = ["\n"];

function chat(variant: string, number: number, text: string, rest: Partial<SuiteItem>): SuiteItem {
  return { id: `${variant} ${number + 1}`.trim(), variant, kind: "chat", text, check: "says", maxTokens: 48, ...rest };
}

function document(variant: string, number: number, text: string, rest: Partial<SuiteItem>): SuiteItem {
  return { ...chat(variant, number, text, rest), kind: "document", stops: documentStops, ...rest };
}

/** The same questions at once and spelled out first: what the tokens hide, spelling shows. */
function* letters(seed: number, size: number): Generator<void, SuiteItem[]> {
  const made = yield* generatingProblems({ family: "letters in a word", count: size, seed });
  return made.flatMap(({ question, answer: reference, key: [word] }, number) => {
    const asked = { reference, subjects: [String(word)], check: "number" } satisfies Partial<SuiteItem>;
    return [
      chat("at once", number, `${question} ${atOnce}`, { ...asked, maxTokens: 16 }),
      chat("spelled out", number, `${question} Spell it out first.`, { ...asked, maxTokens: 120 }),
    ];
  });
}

function everyThird(seed: number, size: number): SuiteItem[] {
  const long = words.filter((word) => word.length >= 6);
  return pickSome(seededRandom(seed), long, Math.min(size, long.length)).map((word, number) => {
    const reference = [...word].filter((_, index) => index % 3 === 2).join("");
    return chat("", number, `Write every third letter of the word ${word}, and nothing else.`, {
      reference,
      subjects: [word],
      check: "letters",
    });
  });
}

function* dotsInARow(seed: number, size: number): Generator<void, SuiteItem[]> {
  const made = yield* generatingProblems({ family: "dots", count: size, seed });
  return made.flatMap(({ question, answer: reference }, number) => {
    const asked = {
      reference,
      subjects: ["•".repeat(Number(reference))],
      check: "number",
    } satisfies Partial<SuiteItem>;
    return [
      chat("at once", number, `${question} ${atOnce}`, { ...asked, maxTokens: 16 }),
      chat("one by one", number, `${question} Count one by one.`, { ...asked, maxTokens: 260 }),
    ];
  });
}

/** 9.11 and 9.9: as numbers and as sections of a text, where the order is the other one. */
function* decimals(seed: number, size: number): Generator<void, SuiteItem[]> {
  const made = yield* generatingProblems({ family: "decimal comparison", count: size * 3, seed });
  return ["as numbers", "as sections"].flatMap((variant) =>
    made
      .filter(({ question }) => question.startsWith("Which section") === (variant === "as sections"))
      .slice(0, size)
      .map(({ question, answer: reference, key }, number) =>
        chat(variant, number, `${question} Just answer.`, {
          reference,
          subjects: key.map(String),
          check: "firstNumber",
          maxTokens: 24,
        }),
      ),
  );
}

/** Long sums with the digits in reading order and reversed: the carry goes from right to left, writing from left to right. */
function* sums(seed: number, size: number): Generator<void, SuiteItem[]> {
  const made = yield* generatingProblems({ family: "long sums", count: size, steps: 8, seed });
  return made.flatMap(({ question, answer, key }, number) => {
    const asked = { subjects: key.map(String), check: "number", maxTokens: 32 } satisfies Partial<SuiteItem>;
    const reversed = `${question} Write only the answer’s digits in reverse order, last digit first.`;
    return [
      chat("forward", number, `${question} ${atOnce}`, { ...asked, reference: answer }),
      chat("digits reversed", number, reversed, { ...asked, reference: [...answer].reverse().join("") }),
    ];
  });
}

/** A fact asked in the direction it is told in, and in the other [Berglund 2023, arXiv 2309.12288]. */
function reversal(seed: number, size: number): SuiteItem[] {
  const places = pickSome(seededRandom(seed), wellKnownPlaces, Math.min(size, wellKnownPlaces.length));
  return places.flatMap(({ name, accept: [capital = ""] }, number) => [
    chat("forward", number, `What is the capital of ${name}?`, { reference: capital }),
    chat("reversed", number, `${capital} is the capital of which country?`, { reference: name }),
  ]);
}

const rules: readonly (readonly [name: string, make: (word: string) => string])[] = [
  ["capitals", (word) => word.toUpperCase()],
  ["first letter", (word) => word.charAt(0)],
  ["last letter", (word) => word.slice(-1)],
  ["plural", plural],
];

function plural(word: string): string {
  if (/(?:ss|sh|ch|x|to)$/.test(word)) return `${word}es`;
  if (word.endsWith("s")) return word;
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** A rule from examples alone: one, three and six of them. */
function pattern(seed: number, size: number): SuiteItem[] {
  const random = seededRandom(seed);
  return [1, 3, 6].flatMap((shots) =>
    Array.from({ length: size }, (_, number) => {
      const [, make] = pick(random, rules);
      const chosen = pickSome(random, words, shots + 1);
      const last = chosen.at(-1)!;
      const lines = chosen.slice(0, -1).map((word) => `${word} -> ${make(word)}`);
      const variant = shots === 1 ? "1 example" : `${shots} examples`;
      return document(variant, number, `${[...lines, `${last} ->`].join("\n")}`, {
        reference: make(last),
        check: "exact",
        maxTokens: 16,
      });
    }),
  );
}

/** The same question as a raw document and as a chat. */
function rawAndChat(seed: number, size: number): SuiteItem[] {
  const places = pickSome(seededRandom(seed), wellKnownPlaces, Math.min(size, wellKnownPlaces.length));
  return places.flatMap(({ name, accept: [reference = ""] }, number) => {
    const question = `What is the capital of ${name}?`;
    return [
      document("document", number, `Question: ${question}\nAnswer:`, { reference }),
      document("bare text", number, question, { reference }),
      chat("chat", number, question, { reference }),
    ];
  });
}

/** The opening of the Gettysburg Address (public domain), begun at its sentences and in their midst. */
const address =
  "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so dedicated, can long endure. We are met on a great battle-field of that war.";

function recital(seed: number, size: number): SuiteItem[] {
  const all = address.split(" ");
  const random = seededRandom(seed);
  const [begun, wanted] = [10, 8];
  const most = all.length - begun - wanted;
  const starts = pickSome(
    random,
    Array.from({ length: most }, (_, at) => at + 1),
    Math.min(size, most),
  );
  const item = (variant: string, number: number, start: number): SuiteItem =>
    document(variant, number, all.slice(start, start + begun).join(" "), {
      reference: all.slice(start + begun, start + begun + wanted).join(" "),
      check: "recites",
    });
  return [item("from the beginning", 0, 0), ...starts.map((start, number) => item("from the middle", number, start))];
}

/** Who it says it is: with a name given in the system message that is graded, without one it is only looked at. */
function whoAreYou(seed: number, size: number): SuiteItem[] {
  const random = seededRandom(seed);
  const roles = ["a museum guide", "a chess coach", "a librarian", "a sailor", "a science teacher"];
  const names = pickSome(
    random,
    ["Ada", "Bruno", "Carla", "Dorian", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas"],
    Math.min(size, 10),
  );
  return [
    chat("no system message", 0, "Who are you?", {}),
    ...names.map((name, number) =>
      chat("system message", number, "Who are you?", {
        system: `You are ${name}, ${pick(random, roles)}.`,
        reference: name,
      }),
    ),
  ];
}
