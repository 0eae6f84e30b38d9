import { seededRandom } from "../../inference/random";
import { pick, type Random } from "../problems/problem";
import { splitOf } from "../problems/splits";

/** What kind of thing an invented name stands for. */
export const entityKinds = ["person", "place", "element"] as const;
export type EntityKind = (typeof entityKinds)[number];

/** Why names cannot be made. The message says how many are possible and what to do. */
export class NameError extends Error {
  override readonly name = "NameError";
}

export interface NameRequest {
  readonly kind: EntityKind;
  readonly count: number;
  readonly seed: number;
  /** Texts that must not hold a name: the prompt, the file. */
  readonly texts?: readonly string[];
  /** Names of real people and things: neither they nor their last words are made. */
  readonly real?: readonly string[];
}

/** The most that are made at once: enough for any set of controls, and made within a moment. */
export const mostNames = 10_000;
/** Share of surnames that the specimen's training kept out for tests (training/specimen/names.py). */
const heldSurnames = 0.1;

const firstNames =
  "Orson Mira Alden Tamsin Corin Belda Jarek Odile Ravi Sunniva Piet Lorna Bram Ysolde Emil Greta Viktor Selma Anton Clara Hector Louisa Magnus Edith Roland Ingrid Basil Marta Felix Agnes Elias Freya Gideon Hilda Ismael Judith Kaspar Leonora Matteo Nadia Oskar Petra Quentin Rosalind Stefan Thea Ulrich Violet Werner Xenia Yusuf Zelda".split(
    " ",
  );
const starts =
  "Kov Tol Bren Vas Mor Hal Fen Dra Lin Pel Rus Zan Gar Wim Nor Ash Bel Cor Dun Ek Fal Gim Hov Jas Kel".split(" ");
const middles = "a e i o u el an or in ar".split(" ");
const surnameEnds = "cs van dro mer ston field vic sen witz lli rin bury kas nak vel gan tov man".split(" ");
const placeEnds = "nia land stan via ria dor thia mark via ros lia gard".split(" ");
const elementEnds = "ium nium lium dium rium sium tium vium".split(" ");

/**
 * Invented names of a kind, all different, the same for the same seed: they sound like real ones, and none stands in the
 * given texts or among the real names. Surnames are of those that the specimen has never been shown. Throws NameError when
 * more are asked for than there are.
 */
export function inventNames({ kind, count, seed, texts = [], real = [] }: NameRequest): string[] {
  if (!Number.isInteger(count) || count < 0) throw new NameError(`${count} is no number of names.`);
  if (count > mostNames) {
    throw new NameError(
      `At most ${mostNames.toLocaleString("en")} names are made at once, not ${count.toLocaleString("en")}.`,
    );
  }
  const taken = takenWords(texts, real);
  const random = seededRandom(seed);
  const made = new Set<string>();
  const lasts = lastWords(kind).filter((word) => !taken.has(word.toLowerCase()));
  const most = kind === "person" ? lasts.length * firstNames.length : lasts.length;
  if (count > most) {
    const wanted = count.toLocaleString("en");
    throw new NameError(
      `There are ${most.toLocaleString("en")} invented names of this kind, not ${wanted}. Ask for fewer.`,
    );
  }
  if (count * 2 > most) return shuffled(all(kind, lasts), random).slice(0, count);
  while (made.size < count) made.add(full(kind, pick(random, firstNames), pick(random, lasts)));
  return [...made];
}

function full(kind: EntityKind, first: string, last: string): string {
  if (kind === "person") return `${first} ${last}`;
  return kind === "element" ? last.toLowerCase() : last;
}

function all(kind: EntityKind, lasts: readonly string[]): string[] {
  const firsts = kind === "person" ? firstNames : [""];
  return lasts.flatMap((last) => firsts.map((first) => full(kind, first, last)));
}

function lastWords(kind: EntityKind): string[] {
  const ends = { person: surnameEnds, place: placeEnds, element: elementEnds }[kind];
  const words = starts.flatMap((start) => middles.flatMap((middle) => ends.map((end) => start + middle + end)));
  const distinct = [...new Set(words)];
  return kind === "person" ? distinct.filter((word) => splitOf("surname", [word], heldSurnames) === "test") : distinct;
}

/** Every word of the texts and the last words of the real names, lower case. */
function takenWords(texts: readonly string[], real: readonly string[]): Set<string> {
  const words = new Set<string>();
  for (const text of texts) for (const [word] of text.matchAll(/[\p{L}\p{M}]+/gu)) words.add(word.toLowerCase());
  for (const name of real) words.add((name.trim().split(/\s+/).at(-1) ?? "").toLowerCase());
  return words;
}

function shuffled(items: readonly string[], random: Random): string[] {
  const left = items.slice();
  for (let index = left.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [left[index], left[other]] = [left[other]!, left[index]!];
  }
  return left;
}
