import { type EntityKind, inventNames } from "./names";
import { entityQuestion } from "./questions";
import type { Item } from "./spec";
import { type WellKnown, wellKnownElements, wellKnownPeople, wellKnownPlaces } from "./wellKnown";

/** A set of questions that comes with the extension; its name for people is the panel's. */
export interface ReadySet {
  readonly id: "famousPeople" | "capitals" | "elements" | "inventedPeople";
  readonly kind: EntityKind;
  readonly items: readonly Item[];
}

/** The ready sets; the invented people are made with the seed. */
export function readySets(seed: number): ReadySet[] {
  const names = inventNames({ kind: "person", count: 20, seed, real: wellKnownPeople.map(({ name }) => name) });
  const invented = names.map(
    (name, index): Item => ({
      id: `inventedPeople ${index + 1}`,
      text: entityQuestion(name, "person"),
      group: "asked",
      entity: name,
    }),
  );
  return [
    { id: "famousPeople", kind: "person", items: asked("famousPeople", "person", wellKnownPeople) },
    { id: "capitals", kind: "place", items: asked("capitals", "place", wellKnownPlaces) },
    { id: "elements", kind: "element", items: asked("elements", "element", wellKnownElements) },
    { id: "inventedPeople", kind: "person", items: invented },
  ];
}

/**
 * The questions of a set that are asked: the first so many, or all but those that are needed as known controls. A set has
 * nearly all well-known things of its kind, and what is asked about is no control: the best known are held back, half of
 * them at most.
 */
export function askedOfSet(
  { id, items }: ReadySet,
  { limit, controls }: { readonly limit: number | null; readonly controls: number },
): readonly Item[] {
  if (limit !== null) return items.slice(0, limit);
  return id === "inventedPeople" ? items : items.slice(Math.min(controls, Math.floor(items.length / 2)));
}

function asked(set: string, kind: EntityKind, entities: readonly WellKnown[]): Item[] {
  return entities.map(({ name, reference, accept }, index) => ({
    id: `${set} ${index + 1}`,
    text: entityQuestion(name, kind),
    group: "asked",
    entity: name,
    reference,
    accept: [...accept],
  }));
}
