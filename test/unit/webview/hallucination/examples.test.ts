import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readExposure } from "../../../../src/experiments/hallucination/exposure";
import { entityIn } from "../../../../src/experiments/hallucination/questions";
import { examples } from "../../../../webview/hallucination/examples";

const root = path.resolve(import.meta.dirname, "../../../..");
const { people } = readExposure(readFileSync(path.join(root, "media/models/exposure.json"), "utf8"));

/** Documents of the built-in model's training that name whom an example asks about; undefined for nobody it could know. */
function seen(example: string): number | undefined {
  const { question } = examples.find(({ id }) => id === example)!;
  return people.find(({ name }) => name === entityIn(question))?.total;
}

it("says of its examples what the built-in model's training says", () => {
  expect(seen("known")).toBeGreaterThan(20);
  expect(seen("page")).toBeGreaterThan(20);
  expect(seen("unseen")).toBe(0);
  expect(seen("invented")).toBeUndefined();
});
