import { expect, it } from "vitest";
import { nextMark } from "../../../../webview/interrogation/marks";

it("goes round all marks, from one that is not marked as from any other", () => {
  expect(nextMark(null)).toBe("right");
  const round = [nextMark("right"), nextMark("wrong"), nextMark("uninformative")];
  expect(round).toEqual(["wrong", "uninformative", "right"]);
});
