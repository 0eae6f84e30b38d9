import { expect, it } from "vitest";
import { controlsFor } from "../../../../src/experiments/hallucination/askedItems";
import { askedOfSet, readySets } from "../../../../src/experiments/hallucination/sets";

const capitals = readySets(1).find(({ id }) => id === "capitals")!;

it("holds the best known of a ready set back as controls, half of them at most", () => {
  const asked = askedOfSet(capitals, { limit: null, controls: 6 });
  expect(asked).toEqual(capitals.items.slice(6));
  const { items } = controlsFor({ asked, kind: undefined, each: 6, seed: 1, exposure: undefined, texts: [] });
  expect(items.filter(({ group }) => group === "known").map(({ entity }) => entity)).toEqual(
    capitals.items.slice(0, 6).map(({ entity }) => entity),
  );
  expect(items.filter(({ group }) => group === "invented")).toHaveLength(6);
  const half = Math.floor(capitals.items.length / 2);
  expect(askedOfSet(capitals, { limit: null, controls: 200 })).toHaveLength(capitals.items.length - half);
});

it("takes the first so many, and all of what is made up", () => {
  expect(askedOfSet(capitals, { limit: 3, controls: 20 })).toEqual(capitals.items.slice(0, 3));
  const invented = readySets(1).find(({ id }) => id === "inventedPeople")!;
  expect(askedOfSet(invented, { limit: null, controls: 20 })).toEqual(invented.items);
});
