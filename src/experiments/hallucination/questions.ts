import { asked, type Question } from "../reasoning/question";
import { type EntityKind, inventNames } from "./names";
import type { Item } from "./spec";
import type { WellKnown } from "./wellKnown";

/** The question that asks for what is best known of a kind of thing. */
export function entityQuestion(entity: string, kind: EntityKind): string {
  if (kind === "person") return `Who is ${entity}?`;
  return kind === "place" ? `What is the capital of ${entity}?` : `What is the chemical symbol of ${entity}?`;
}

/** Questions whose right answers stand with the well-known things; other questions about them have other answers. */
const ownQuestion: Readonly<Record<EntityKind, RegExp>> = {
  person: /^who (?:is|was) /i,
  place: /\bcapital of /i,
  element: /\bsymbol of /i,
};

/** What kind of thing a question is about, by its words; people where nothing says otherwise. */
export function kindOfQuestion(text: string): EntityKind {
  if (/\bsymbol\b/i.test(text)) return "element";
  return /\b(?:capital|country|city)\b/i.test(text) ? "place" : "person";
}

const asking =
  "who what when where which why how is was are were did does do can could in on at of tell describe name the a an".split(
    " ",
  );

/**
 * Whom or what a question is about: its longest run of words with capitals that is not the beginning of the sentence, or an
 * element's name after "symbol of". Undefined where there is none, and then no control can be made of it.
 */
export function entityIn(question: string): string | undefined {
  const element = /\bsymbol of (\p{Ll}+)\b/u.exec(question)?.[1];
  if (element) return element;
  const runs = [
    ...question.matchAll(
      /\p{Lu}[\p{L}\p{M}'’.-]*(?:\s(?:(?:de|van|von|der|da|di|la|el|bin|al)\s)*\p{Lu}[\p{L}\p{M}'’.-]*)*/gu,
    ),
  ];
  return runs
    .map(([run]) => run.split(" "))
    .map((words) => (asking.includes(words[0]!.toLowerCase()) ? words.slice(1) : words))
    .map((words) => words.join(" ").replace(/[.'’-]+$/, ""))
    .filter((run) => run !== "")
    .sort((a, b) => b.length - a.length)[0];
}

/** Questions of a file, with what each is about. */
export function questionItems(questions: readonly Question[]): Item[] {
  return questions.map((question): Item => {
    const [entity, reference] = [entityIn(question.text), question.answer];
    return {
      id: question.id,
      text: asked(question),
      group: "asked",
      ...(entity !== undefined && { entity }),
      ...(reference !== undefined && { reference, accept: [reference] }),
    };
  });
}

/** A well-known thing to hold a model against, with what is right about it and how often it was seen, where known. */
export type KnownEntity = Pick<WellKnown, "name"> &
  Partial<Pick<WellKnown, "reference" | "accept"> & Pick<Item, "seen">>;

export interface ControlRequest {
  /** The questions whose entities are changed, in turn; those about nothing that can be changed are passed over. */
  readonly asked: readonly Pick<Item, "text" | "entity">[];
  readonly kind: EntityKind;
  /** The best first: as many are taken as are wanted and are not asked about. */
  readonly known: readonly KnownEntity[];
  /** How many known and how many invented ones. */
  readonly each: number;
  readonly seed: number;
  /** Texts that no invented name may stand in, besides the questions: the file. */
  readonly texts?: readonly string[];
  /** Further real names that must not be made. */
  readonly real?: readonly string[];
}

/**
 * The same questions about known and about invented entities; what is asked about is no control. None where no question has
 * an entity. Throws NameError for more invented names than there are.
 */
export function controlItems({ asked: items, kind, known, each, seed, texts = [], real = [] }: ControlRequest): Item[] {
  const templates = items.flatMap(({ text, entity }) =>
    entity !== undefined && text.includes(entity) ? [{ text, entity }] : [],
  );
  if (templates.length === 0) return [];
  const about = (name: string, index: number): { text: string; own: boolean } => {
    const { text, entity } = templates[index % templates.length]!;
    return { text: text.split(entity).join(name), own: ownQuestion[kind].test(text) };
  };
  const taken = new Set(templates.map(({ entity }) => entity.toLowerCase()));
  const others = known.filter(({ name }) => !taken.has(name.toLowerCase())).slice(0, each);
  const made = inventNames({
    kind,
    count: each,
    seed,
    texts: [...items.map(({ text }) => text), ...texts],
    real: [...known.map(({ name }) => name), ...real],
  });
  return [
    ...others.map(({ name, reference, accept, seen }, index): Item => {
      const { text, own } = about(name, index);
      return {
        id: `known ${index + 1}`,
        text,
        group: "known",
        entity: name,
        ...(own && reference !== undefined && { reference }),
        ...(own && accept && { accept: [...accept] }),
        ...(seen !== undefined && { seen }),
      };
    }),
    ...made.map(
      (name, index): Item => ({
        id: `invented ${index + 1}`,
        text: about(name, index).text,
        group: "invented",
        entity: name,
      }),
    ),
  ];
}
