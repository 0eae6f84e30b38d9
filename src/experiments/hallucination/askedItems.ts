import { bucketOf, type Exposure, type SeenPerson } from "./exposure";
import { type EntityKind, entityKinds } from "./names";
import { controlItems, entityIn, type KnownEntity, kindOfQuestion } from "./questions";
import type { Item } from "./spec";
import { wellKnownElements, wellKnownPeople, wellKnownPlaces } from "./wellKnown";

/** A person's own question as an item; a reference's words make an answer right. */
export function askedItem({
  id,
  text,
  entity = entityIn(text),
  reference = "",
}: {
  readonly id: string;
  readonly text: string;
  /** What it is about; undefined finds it in the question. */
  readonly entity?: string | undefined;
  /** Empty where nobody knows it. */
  readonly reference?: string;
}): Item {
  const right = reference.trim();
  return {
    id,
    text: text.trim(),
    group: "asked",
    ...(entity !== undefined && { entity }),
    ...(right !== "" && { reference: right, accept: [right] }),
  };
}

const wellKnown = { person: wellKnownPeople, place: wellKnownPlaces, element: wellKnownElements } as const;

/** What a name stands for: a country or an element that is well known, and else a person. */
export function kindOfName(name: string): EntityKind {
  const named = name.trim().toLowerCase();
  const has = (kind: EntityKind): boolean => wellKnown[kind].some((each) => each.name.toLowerCase() === named);
  return entityKinds.find((kind) => kind !== "person" && has(kind)) ?? "person";
}

/**
 * Well-known things that a model can be held against: what it has seen most where its training was counted (`exposure`),
 * else what nearly every model has read about. The best known first.
 */
export function knownEntities(kind: EntityKind, exposure: Exposure | undefined): readonly KnownEntity[] {
  const counted = exposure ? countedEntities(kind, exposure) : [];
  return counted.length > 0 ? counted : wellKnown[kind];
}

function countedEntities(kind: EntityKind, { people, places, elements }: Exposure): KnownEntity[] {
  const often = ({ total }: { readonly total: number }): boolean => bucketOf(total) === "21+";
  switch (kind) {
    case "person":
      return people.filter(often).map((person) => ({ name: person.name, ...rightAnswer(person), seen: person.total }));
    case "place":
      return places.filter(often).map(({ name, capital, total }) => ({
        name,
        reference: `The capital of ${name} is ${capital}.`,
        accept: [capital],
        seen: total,
      }));
    case "element":
      return elements.filter(often).map(({ name, symbol, total }) => ({
        name,
        reference: `The symbol of ${name} is ${symbol}.`,
        accept: [symbol],
        seen: total,
      }));
  }
}

/** What is right of a person whose training was counted; an answer with their profession is. */
export function rightAnswer({ name, description, profession, died }: SeenPerson): {
  reference: string;
  accept: string[];
} {
  const article = /^[aeio]/i.test(description) ? "an" : "a";
  return { reference: `${name} ${isOrWas(died)} ${article} ${description}.`, accept: [profession] };
}

export function isOrWas(died: number | null): "is" | "was" {
  return died === null ? "is" : "was";
}

export interface ControlsWanted {
  readonly asked: readonly Item[];
  /** Undefined reads it from the questions: what most of them are about. */
  readonly kind: EntityKind | undefined;
  readonly each: number;
  readonly seed: number;
  readonly exposure: Exposure | undefined;
  /** Texts that no invented name may stand in: the open file. */
  readonly texts: readonly string[];
}

/**
 * Controls for a set of questions, made from those of one kind alone: a person's name in a question about a country would
 * ask nothing. Undefined kind where no question is about anything that can be changed. Throws NameError as `controlItems`.
 */
export function controlsFor({ asked, kind: given, each, seed, exposure, texts }: ControlsWanted): {
  readonly kind: EntityKind | undefined;
  readonly items: readonly Item[];
} {
  const about = asked.filter(({ text, entity }) => entity !== undefined && text.includes(entity));
  const kind = given ?? mostCommon(about.map(({ text }) => kindOfQuestion(text)));
  if (kind === undefined || each === 0) return { kind: undefined, items: [] };
  const templates = given === undefined ? about.filter(({ text }) => kindOfQuestion(text) === kind) : about;
  const known = knownEntities(kind, exposure);
  const real = (exposure?.people ?? []).map(({ name }) => name);
  const entities = new Set(asked.flatMap(({ entity }) => entity?.toLowerCase() ?? []));
  const others = known.filter(({ name }) => !entities.has(name.toLowerCase()));
  return { kind, items: controlItems({ asked: templates, kind, known: others, each, seed, texts, real }) };
}

function mostCommon(kinds: readonly EntityKind[]): EntityKind | undefined {
  const count = (kind: EntityKind): number => kinds.filter((each) => each === kind).length;
  return [...new Set(kinds)].sort((a, b) => count(b) - count(a))[0];
}
