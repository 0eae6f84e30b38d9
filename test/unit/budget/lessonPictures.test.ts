import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import manifest from "../../../package.json";

it("the walkthrough's pictures are what the tokenizers give now", () => {
  expect(() =>
    execFileSync(process.execPath, ["scripts/lessonPictures.mjs", "--check"], { stdio: "pipe" }),
  ).not.toThrow();
});

it("every step of the walkthrough has its picture and texts", async () => {
  const { default: texts } = await import("../../../package.nls.json");
  const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  expect(steps.length).toBeGreaterThan(0);
  for (const { title, description, media } of steps) {
    for (const key of [title, description, media.altText]) expect(Object.keys(texts)).toContain(key.slice(1, -1));
    expect(media.svg).toMatch(/^media\/walkthrough\/\w+\.svg$/);
  }
});
