import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { bundlePath, currentBundle } from "../../scripts/l10n.mjs";

it("has every translatable text in the bundle (npm run l10n writes it)", async () => {
  expect(await readFile(bundlePath, "utf8")).toBe(await currentBundle());
});
