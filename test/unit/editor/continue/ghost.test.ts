import { expect, it } from "vitest";
import { ghostText } from "../../../../src/editor/continue/ghost";

it("keeps spaces as spaces and middle dots as they are, and marks line ends", () => {
  expect(ghostText(" one two\n\tx")).toBe("\u00a0one\u00a0two⏎→x");
  expect(ghostText("a·b c")).toBe("a·b\u00a0c");
});
