import { expect, it } from "vitest";
import { keysText } from "../../../../src/editor/continue/continueText";

it("tells the keys that are bound on the platform", () => {
  expect(keysText("darwin")).toMatch(/Cmd\+→ word · Cmd\+Shift\+→ token/);
  expect(keysText("linux")).toMatch(/Ctrl\+→ word · Ctrl\+Shift\+→ token/);
});
